package cqloop.testkit.fake;

import org.jspecify.annotations.Nullable;

/** Not shared. Cuts a byte stream into the segments of v5 and checks their checksums. */
public final class SegmentReader {
  /**
   * Value. One segment.
   *
   * @param payload its payload, decompressed
   * @param selfContained whether the payload holds whole frames only
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Segment(byte[] payload, boolean selfContained) {}

  private static final int LENGTH_MASK = (1 << Segments.LENGTH_BITS) - 1;

  private final ByteQueue queue = new ByteQueue();
  private final boolean lz4;
  private final int headerBytes;

  /** Reads segments of a connection with or without LZ4. */
  public SegmentReader(boolean lz4) {
    this.lz4 = lz4;
    this.headerBytes = lz4 ? Segments.LZ4_HEADER_BYTES : Segments.HEADER_BYTES;
  }

  /** Adds bytes that arrived. */
  public void feed(byte[] bytes) {
    queue.add(bytes);
  }

  /**
   * The next whole segment, or null when more bytes are needed.
   *
   * @throws WireFormatException when a checksum differs or a length is impossible
   */
  public @Nullable Segment next() {
    int front = headerBytes + Segments.CRC24_BYTES;
    if (queue.size() < front) {
      return null;
    }
    long header = little(0, headerBytes);
    int crc = (int) little(headerBytes, Segments.CRC24_BYTES);
    int expected = Checksums.crc24(header, headerBytes);
    if (crc != expected) {
      throw mismatch("header", crc, expected);
    }
    int wireBytes = (int) (header & LENGTH_MASK);
    if (queue.size() < front + wireBytes + Segments.CRC32_BYTES) {
      return null;
    }
    int payloadCrc = (int) little(front + wireBytes, Segments.CRC32_BYTES);
    queue.take(front);
    byte[] wire = queue.take(wireBytes);
    queue.take(Segments.CRC32_BYTES);
    int expectedPayloadCrc = Checksums.crc32(wire);
    if (payloadCrc != expectedPayloadCrc) {
      throw mismatch("payload", payloadCrc, expectedPayloadCrc);
    }
    return segment(header, wire);
  }

  private Segment segment(long header, byte[] wire) {
    if (!lz4) {
      return new Segment(wire, (header >>> Segments.SELF_CONTAINED_BIT & 1) == 1);
    }
    int length = (int) (header >>> Segments.LENGTH_BITS & LENGTH_MASK);
    byte[] payload = length == 0 ? wire : Compression.decompressBlock(wire, length);
    return new Segment(payload, (header >>> Segments.LZ4_SELF_CONTAINED_BIT & 1) == 1);
  }

  private long little(int offset, int bytes) {
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | queue.peek(offset + i);
    }
    return value;
  }

  private static WireFormatException mismatch(String what, int got, int expected) {
    return new WireFormatException(
        "segment "
            + what
            + " has checksum "
            + Integer.toHexString(got)
            + "; expected "
            + Integer.toHexString(expected));
  }
}
