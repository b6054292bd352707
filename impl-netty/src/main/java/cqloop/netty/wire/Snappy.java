package cqloop.netty.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.SnappyError;

/** Loop-owned. Snappy block format, which carries its own length; not for v5 segments. */
final class Snappy implements Compressor {

  private static final int MAX_LENGTH_BYTES = 5;

  /**
   * Loads the native library now rather than within the first frame.
   *
   * @throws IllegalStateException when there is none for this platform
   */
  Snappy() {
    try {
      org.xerial.snappy.Snappy.maxCompressedLength(0);
    } catch (SnappyError e) {
      throw new IllegalStateException(
          "Compression 'snappy' was asked for, but its library has no native code for this platform"
              + " or may not unpack it: use lz4",
          e);
    }
  }

  @Override
  public String algorithm() {
    return "snappy";
  }

  @Override
  public boolean worksInSegments() {
    return false;
  }

  @Override
  public int maxCompressedLength(int length) {
    return org.xerial.snappy.Snappy.maxCompressedLength(length);
  }

  @Override
  public int compress(byte[] from, int start, int length, byte[] to, int at) {
    try {
      return org.xerial.snappy.Snappy.compress(from, start, length, to, at);
    } catch (IOException e) {
      throw new UncheckedIOException("Snappy could not compress " + length + " bytes", e);
    }
  }

  @Override
  public int decompress(byte[] from, int start, int length, byte[] to, int maxLength) {
    try {
      // The native code trusts that the target holds what the block claims.
      if (org.xerial.snappy.Snappy.uncompressedLength(from, start, length) > maxLength) {
        return -1;
      }
      return org.xerial.snappy.Snappy.uncompress(from, start, length, to, 0);
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public int lengthPrefixBytes() {
    return 0;
  }

  /** Reads the little-endian base-128 number that starts a block (format_description.txt, 1). */
  @Override
  public long claimedLength(byte[] body, int length) {
    long claimed = 0;
    for (int i = 0; i < Math.min(length, MAX_LENGTH_BYTES); i++) {
      claimed |= (body[i] & 0x7FL) << (7 * i);
      if (body[i] >= 0) {
        return claimed <= 0xFFFF_FFFFL ? claimed : -1;
      }
    }
    return -1;
  }

  /** A copy of three bytes gives at most 64 bytes (format_description.txt, 2.2.2). */
  @Override
  public int maxRatio() {
    return 22;
  }
}
