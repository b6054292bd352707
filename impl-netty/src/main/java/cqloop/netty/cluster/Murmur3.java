package cqloop.netty.cluster;

import cqloop.netty.wire.BigEndian;

/**
 * Value. The token function of the Murmur3Partitioner: the first half of the 128-bit MurmurHash3
 * for x64 with seed 0, as Cassandra computes it. Two things differ from the published function:
 * bytes of the tail are taken with their sign, and the lowest long, which is reserved, becomes the
 * highest.
 */
public final class Murmur3 {

  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;
  private static final int BLOCK = 16;

  private Murmur3() {}

  /** Returns the token of these bytes. */
  public static long token(byte[] bytes, int offset, int length) {
    long h1 = 0;
    long h2 = 0;
    int blocks = length / BLOCK;
    for (int i = 0; i < blocks; i++) {
      int at = offset + i * BLOCK;
      long k1 = Long.reverseBytes(BigEndian.getLong(bytes, at));
      long k2 = Long.reverseBytes(BigEndian.getLong(bytes, at + 8));
      h1 ^= mixK1(k1);
      h1 = Long.rotateLeft(h1, 27) + h2;
      h1 = h1 * 5 + 0x52dce729;
      h2 ^= mixK2(k2);
      h2 = Long.rotateLeft(h2, 31) + h1;
      h2 = h2 * 5 + 0x38495ab5;
    }
    int tail = offset + blocks * BLOCK;
    int rest = length % BLOCK;
    if (rest > 8) {
      h2 ^= mixK2(tail(bytes, tail + 8, rest - 8));
    }
    if (rest > 0) {
      h1 ^= mixK1(tail(bytes, tail, Math.min(rest, 8)));
    }
    h1 ^= length;
    h2 ^= length;
    h1 += h2;
    h2 += h1;
    h1 = finish(h1);
    h2 = finish(h2);
    long token = h1 + h2;
    return token == Long.MIN_VALUE ? Long.MAX_VALUE : token;
  }

  /** Each byte is widened with its sign, as Java does and the published function does not. */
  private static long tail(byte[] bytes, int from, int count) {
    long k = 0;
    for (int i = count - 1; i >= 0; i--) {
      k ^= (long) bytes[from + i] << (8 * i);
    }
    return k;
  }

  private static long mixK1(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mixK2(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long finish(long hash) {
    long k = hash;
    k ^= k >>> 33;
    k *= 0xff51afd7ed558ccdL;
    k ^= k >>> 33;
    k *= 0xc4ceb9fe1a85ec53L;
    k ^= k >>> 33;
    return k;
  }
}
