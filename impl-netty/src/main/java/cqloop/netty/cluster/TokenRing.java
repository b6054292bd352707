package cqloop.netty.cluster;

import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.Token;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Value. The tokens of a cluster in order, each with its owner. The owner of a token is that of the
 * first ring token that is not below it, after the last one that of the first.
 */
public final class TokenRing {

  private final Partitioner partitioner;
  private final Token[] tokens;
  private final Node[] owners;

  /** Of the Murmur3Partitioner, else of no tokens. */
  private final TokenIndex index;

  private TokenRing(Partitioner partitioner, RingMerge.Sorted sorted, List<Node> nodes) {
    int size = sorted.size();
    this.partitioner = partitioner;
    this.tokens = Arrays.copyOf(sorted.tokens(), size);
    this.owners = new Node[size];
    long[] murmur3 = new long[partitioner == Partitioner.MURMUR3 ? size : 0];
    for (int i = 0; i < size; i++) {
      owners[i] = nodes.get(sorted.owners()[i]);
      if (murmur3.length > 0) {
        murmur3[i] = ((Murmur3Token) tokens[i]).value();
      }
    }
    this.index = new TokenIndex(murmur3);
  }

  /** Returns the ring of tokens that are in order, of which each has one of these nodes. */
  static TokenRing of(Partitioner partitioner, RingMerge.Sorted sorted, List<Node> nodes) {
    return new TokenRing(partitioner, sorted, nodes);
  }

  /** Returns the ring of these owners; a token that two claim belongs to the first of them. */
  public static TokenRing of(Partitioner partitioner, Map<Node, List<Token>> byNode) {
    RingMerge merge = new RingMerge(partitioner, List.copyOf(byNode.values()));
    boolean more = true;
    while (more) {
      more = merge.step();
    }
    return new TokenRing(partitioner, merge.result(), List.copyOf(byNode.keySet()));
  }

  /** Tells whether the other one has the same tokens with the same owners. */
  boolean isLike(TokenRing other) {
    return partitioner == other.partitioner
        && index.isOf(other.index)
        && (partitioner == Partitioner.MURMUR3 || Arrays.equals(tokens, other.tokens))
        && Arrays.equals(owners, other.owners);
  }

  public Partitioner partitioner() {
    return partitioner;
  }

  public int size() {
    return tokens.length;
  }

  public Token token(int position) {
    return tokens[position];
  }

  public Node owner(int position) {
    return owners[position];
  }

  /** Returns the position that owns a token of the Murmur3Partitioner. The ring is not empty. */
  public int positionOf(long token) {
    int position = index.positionOf(token);
    return position == tokens.length ? 0 : position;
  }

  /** Returns the position that owns a token. The ring is not empty. */
  public int positionOf(Token token) {
    if (token instanceof Murmur3Token murmur3 && partitioner == Partitioner.MURMUR3) {
      return positionOf(murmur3.value());
    }
    int low = 0;
    int high = tokens.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tokens[middle].compareTo(token) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == tokens.length ? 0 : low;
  }
}
