package cqloop.netty.cluster;

import cqloop.metadata.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Owned by one thread. Puts the tokens of many owners into the order of the ring, step by step: a
 * ring of a thousand nodes with 256 tokens each is too long to be sorted in one turn of an event
 * loop. First the tokens of one owner after the other are read and sorted, then neighbouring runs
 * are merged until one is left.
 */
final class RingMerge {

  /** Elements that one step merges. */
  private static final int STEP = 4096;

  /** Value. Tokens in order, none twice, and the number of the owner of each. */
  record Sorted(Token[] tokens, int[] owners, int size) {}

  private final Partitioner partitioner;
  private final List<? extends Collection<?>> owned;
  private List<Sorted> runs = new ArrayList<>();
  private List<Sorted> merged = new ArrayList<>();
  private int read;

  /** The run from which on those of this round are not merged yet. */
  private int next;

  // The merge that is under way.
  private Token[] tokens = new Token[0];
  private int[] owners = new int[0];
  private int size;
  private int left;
  private int right;
  private boolean merging;

  /**
   * @param owned the tokens of each owner, as text or parsed; one that two claim belongs to the
   *     first of them
   */
  RingMerge(Partitioner partitioner, List<? extends Collection<?>> owned) {
    this.partitioner = partitioner;
    this.owned = owned;
  }

  /** Returns how many tokens all owners have. */
  int tokens() {
    int sum = 0;
    for (Collection<?> tokens : owned) {
      sum += tokens.size();
    }
    return sum;
  }

  /** Takes one step, and tells whether there is one more. */
  boolean step() {
    if (read < owned.size()) {
      runs.add(sorted(read++));
      return true;
    }
    if (merging) {
      merge(runs.get(next), runs.get(next + 1));
      return true;
    }
    if (next + 1 < runs.size()) {
      begin(runs.get(next), runs.get(next + 1));
      return true;
    }
    if (next < runs.size()) {
      merged.add(runs.get(next));
    }
    runs = merged;
    merged = new ArrayList<>();
    next = 0;
    return runs.size() > 1;
  }

  /** Returns the ring, after the last step. */
  Sorted result() {
    return runs.isEmpty() ? new Sorted(new Token[0], new int[0], 0) : runs.get(0);
  }

  private Sorted sorted(int owner) {
    List<Token> parsed = new ArrayList<>(owned.get(owner).size());
    for (Object token : owned.get(owner)) {
      try {
        parsed.add(token instanceof Token known ? known : partitioner.parse(token.toString()));
      } catch (IllegalArgumentException noToken) {
        // A damaged token costs one range its routing; the node itself is good.
        continue;
      }
    }
    Token[] run = parsed.toArray(new Token[0]);
    Arrays.sort(run);
    int[] numbers = new int[run.length];
    Arrays.fill(numbers, owner);
    return new Sorted(run, numbers, run.length);
  }

  private void begin(Sorted first, Sorted second) {
    tokens = new Token[first.size() + second.size()];
    owners = new int[tokens.length];
    size = 0;
    left = 0;
    right = 0;
    merging = true;
  }

  private void merge(Sorted first, Sorted second) {
    for (int i = 0; i < STEP; i++) {
      if (left < first.size()
          && (right == second.size()
              || first.tokens()[left].compareTo(second.tokens()[right]) <= 0)) {
        add(first, left++);
      } else if (right < second.size()) {
        add(second, right++);
      } else {
        merged.add(new Sorted(tokens, owners, size));
        next += 2;
        merging = false;
        return;
      }
    }
  }

  private void add(Sorted from, int position) {
    Token token = from.tokens()[position];
    // Of equal tokens the first one came first: those of earlier owners are always on the left.
    if (size == 0 || tokens[size - 1].compareTo(token) != 0) {
      tokens[size] = token;
      owners[size++] = from.owners()[position];
    }
  }
}
