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
  private final long[] longs;
  private final Node[] owners;

  /**
   * Of each value of the upper bits of a token, the first position with that value or a higher one,
   * and at the end the size. Tokens are spread evenly, so what is left to search are a few tokens
   * next to each other, where halving a large ring would touch memory all over it.
   */
  private final int[] firsts;

  private final int bucketShift;

  private TokenRing(Partitioner partitioner, RingMerge.Sorted sorted, List<Node> nodes) {
    int size = sorted.size();
    this.partitioner = partitioner;
    this.tokens = Arrays.copyOf(sorted.tokens(), size);
    this.owners = new Node[size];
    this.longs = new long[partitioner == Partitioner.MURMUR3 ? size : 0];
    for (int i = 0; i < size; i++) {
      owners[i] = nodes.get(sorted.owners()[i]);
      if (longs.length > 0) {
        longs[i] = ((Murmur3Token) tokens[i]).value();
      }
    }
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(longs.length >> 2));
    this.bucketShift = Long.SIZE - bits;
    this.firsts = firsts(1 << bits);
  }

  private int[] firsts(int buckets) {
    int[] result = new int[buckets + 1];
    int next = 0;
    for (int i = 0; i < longs.length; i++) {
      for (int bucket = bucket(longs[i]); next <= bucket; next++) {
        result[next] = i;
      }
    }
    Arrays.fill(result, next, result.length, longs.length);
    return result;
  }

  /** Tokens are ordered as signed numbers, buckets from 0. */
  private int bucket(long token) {
    return (int) ((token ^ Long.MIN_VALUE) >>> bucketShift);
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
    int bucket = bucket(token);
    int low = firsts[bucket];
    int high = firsts[bucket + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (longs[middle] < token) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == longs.length ? 0 : low;
  }

  /** Returns the position that owns a token. The ring is not empty. */
  public int positionOf(Token token) {
    if (token instanceof Murmur3Token murmur3 && longs.length > 0) {
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
