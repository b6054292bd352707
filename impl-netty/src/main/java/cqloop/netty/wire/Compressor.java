package cqloop.netty.wire;

/** Loop-owned. One compression algorithm over plain arrays. */
interface Compressor {

  /** Returns the name of the algorithm in the COMPRESSION option of STARTUP. */
  String algorithm();

  /** Tells whether v5 segments may use it. */
  boolean worksInSegments();

  /** Returns how many bytes {@link #compress} may write at most. */
  int maxCompressedLength(int length);

  /** Compresses to {@code to[at]} and returns how many bytes that took. */
  int compress(byte[] from, int start, int length, byte[] to, int at);

  /**
   * Decompresses to {@code to[0]} at most {@code maxLength} bytes and returns how many, or -1 when
   * the input is malformed or gives more. Never reads or writes outside of these ranges.
   */
  int decompress(byte[] from, int start, int length, byte[] to, int maxLength);

  /** Returns how many bytes hold the original length in front of the block in a frame body. */
  int lengthPrefixBytes();

  /** Returns the original length that a frame body claims, or -1 when it holds none. */
  long claimedLength(byte[] body, int length);

  /** Returns how many bytes one compressed byte can give at most. */
  int maxRatio();
}
