package cqloop.netty.cluster;

import java.util.Arrays;

/**
 * Value. Finds the place of a token among the tokens of a ring. Tokens of Murmur3 are spread
 * evenly, so those with equal upper bits, a bucket, are few. What is needed of a bucket lies
 * together: the position of its first token, and the next 16 bits of each. A request to a large
 * cluster then reads one place of the memory that no cache holds; halving the ring would read a
 * dozen.
 */
final class TokenIndex {

  /** Chars of a bucket: two are a position, six are keys. */
  private static final int STRIDE = 8;

  private static final int POSITION = 2;
  private static final int KEYS = STRIDE - POSITION;

  /** With the position of a bucket that has more tokens than there is room for. */
  private static final int CROWDED = 1 << 31;

  private static final char NO_KEY = Character.MAX_VALUE;

  private final long[] tokens;
  private final int bits;
  private final char[] buckets;

  /**
   * @param tokens in their order, each once
   */
  TokenIndex(long[] tokens) {
    this.tokens = tokens;
    this.bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(tokens.length >> 2));
    this.buckets = new char[STRIDE << bits];
    Arrays.fill(buckets, NO_KEY);
    int first = 0;
    for (int start = 0; start < buckets.length; start += STRIDE) {
      int end = first;
      while (end < tokens.length && startOf(tokens[end]) == start) {
        end++;
      }
      fill(start, first, end);
      first = end;
    }
  }

  private void fill(int start, int first, int end) {
    int position = first;
    if (end - first > KEYS) {
      position |= CROWDED;
    } else {
      for (int i = first; i < end; i++) {
        buckets[start + POSITION + i - first] = keyOf(tokens[i]);
      }
    }
    buckets[start] = (char) (position >>> Character.SIZE);
    buckets[start + 1] = (char) position;
  }

  /** Tells whether the other one is of the same tokens. */
  boolean isOf(TokenIndex other) {
    return Arrays.equals(tokens, other.tokens);
  }

  /** Returns the position of the first token that is not below, or the number of tokens. */
  int positionOf(long token) {
    int start = startOf(token);
    int position = buckets[start] << Character.SIZE | buckets[start + 1];
    if (position >= 0) {
      char key = keyOf(token);
      int below = 0;
      for (int i = POSITION; i < STRIDE; i++) {
        below += (buckets[start + i] - key) >>> (Integer.SIZE - 1); // No branch to be guessed.
      }
      if (below == KEYS || buckets[start + POSITION + below] != key) {
        return position + below;
      }
    }
    return search(position & ~CROWDED, token);
  }

  /** The lower bits decide, too. */
  private int search(int from, long token) {
    int found = Arrays.binarySearch(tokens, from, tokens.length, token);
    return found < 0 ? ~found : found;
  }

  /** Tokens are ordered as signed numbers, buckets from 0. */
  private int startOf(long token) {
    return (int) ((token ^ Long.MIN_VALUE) >>> (Long.SIZE - bits)) * STRIDE;
  }

  private char keyOf(long token) {
    return (char) (token << bits >>> (Long.SIZE - Character.SIZE));
  }
}
