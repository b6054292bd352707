package cqloop.testkit.fake;

import java.util.Arrays;

/** Value. Writes the segments of v5; native_protocol_v5.spec §2.2. */
public final class Segments {
  /** The largest payload of a segment. */
  public static final int MAX_PAYLOAD_BYTES = 131_071;

  static final int HEADER_BYTES = 3;
  static final int LZ4_HEADER_BYTES = 5;
  static final int CRC24_BYTES = 3;
  static final int CRC32_BYTES = 4;

  // Bit positions inside the little-endian header.
  static final int LENGTH_BITS = 17;
  static final int SELF_CONTAINED_BIT = 17;
  static final int LZ4_SELF_CONTAINED_BIT = 34;

  private Segments() {}

  /** One segment with a payload of whole frames, or with a part of one large frame. */
  public static byte[] encode(byte[] payload, boolean selfContained) {
    limit(payload.length);
    long header = payload.length | (selfContained ? 1L << SELF_CONTAINED_BIT : 0);
    return assemble(header, HEADER_BYTES, payload);
  }

  /** As {@link #encode}, for a connection that negotiated LZ4. */
  public static byte[] encodeLz4(byte[] payload, boolean selfContained) {
    limit(payload.length);
    byte[] block = Compression.compressBlock(payload);
    boolean shrinks = block.length < payload.length;
    byte[] wire = shrinks ? block : payload;
    // An uncompressed length of 0 says that the payload travels as it is.
    long header =
        wire.length
            | (long) (shrinks ? payload.length : 0) << LENGTH_BITS
            | (selfContained ? 1L << LZ4_SELF_CONTAINED_BIT : 0);
    return assemble(header, LZ4_HEADER_BYTES, wire);
  }

  /**
   * The segments of one frame, or of several frames that fit one segment together: a frame beyond
   * the limit is cut into segments that are not self-contained.
   */
  public static byte[] wrap(byte[] frames, boolean lz4) {
    if (frames.length <= MAX_PAYLOAD_BYTES) {
      return lz4 ? encodeLz4(frames, true) : encode(frames, true);
    }
    WireWriter out = new WireWriter();
    for (int from = 0; from < frames.length; from += MAX_PAYLOAD_BYTES) {
      int to = Math.min(frames.length, from + MAX_PAYLOAD_BYTES);
      byte[] part = Arrays.copyOfRange(frames, from, to);
      out.writeRaw(lz4 ? encodeLz4(part, false) : encode(part, false));
    }
    return out.toBytes();
  }

  private static byte[] assemble(long header, int headerBytes, byte[] wire) {
    WireWriter out = new WireWriter();
    little(out, header, headerBytes);
    little(out, Checksums.crc24(header, headerBytes), CRC24_BYTES);
    out.writeRaw(wire);
    little(out, Checksums.crc32(wire), CRC32_BYTES);
    return out.toBytes();
  }

  private static void little(WireWriter out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.writeByte((int) (value >>> (8 * i)));
    }
  }

  private static void limit(int payloadBytes) {
    if (payloadBytes > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a segment cannot hold " + payloadBytes + " bytes; the limit is " + MAX_PAYLOAD_BYTES);
    }
  }
}
