package cqloop.netty.wire;

/**
 * Value. Layout of a v5 segment: header, CRC24 of the header, payload, CRC32 of the payload, all
 * little-endian. With compression the header also holds the original length, 0 meaning that the
 * payload is not compressed.
 */
final class SegmentFormat {

  // native_protocol_v5.spec, 2.1 and 2.2; the compressed header has 5 bytes, as servers send it.
  static final int PLAIN_HEADER_BYTES = 3;
  static final int COMPRESSED_HEADER_BYTES = 5;
  static final int CRC24_BYTES = 3;
  static final int CRC32_BYTES = 4;
  static final int LENGTH_BITS = 17;
  static final int MAX_PAYLOAD_BYTES = (1 << LENGTH_BITS) - 1;
  static final int MAX_BYTES =
      COMPRESSED_HEADER_BYTES + CRC24_BYTES + MAX_PAYLOAD_BYTES + CRC32_BYTES;

  private SegmentFormat() {}

  static long plainHeader(int length, boolean selfContained) {
    return length | (selfContained ? 1L << LENGTH_BITS : 0);
  }

  static long compressedHeader(int length, int originalLength, boolean selfContained) {
    return length
        | ((long) originalLength << LENGTH_BITS)
        | (selfContained ? 1L << (2 * LENGTH_BITS) : 0);
  }
}
