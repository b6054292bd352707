package cqloop.netty.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Builds segments piece by piece, right or wrong, from section 2 of native_protocol_v5.spec. */
final class SegmentsBuilder {

  private final ByteBuf out = Unpooled.buffer();
  private final boolean withCompression;

  SegmentsBuilder(boolean withCompression) {
    this.withCompression = withCompression;
  }

  /** Adds a segment whose payload is stored as it is. */
  SegmentsBuilder add(boolean selfContained, byte[] payload) {
    return add(selfContained, payload, 0);
  }

  /** Adds a segment that claims to be the compressed form of so many bytes. */
  SegmentsBuilder add(boolean selfContained, byte[] payload, int originalLength) {
    long header =
        withCompression
            ? payload.length | ((long) originalLength << 17) | (selfContained ? 1L << 34 : 0)
            : payload.length | (selfContained ? 1L << 17 : 0);
    return addRaw(header, payload);
  }

  /** Adds a segment with any bits in its header, and right checksums. */
  SegmentsBuilder addRaw(long header, byte[] payload) {
    int headerBytes = withCompression ? 5 : 3;
    for (int i = 0; i < headerBytes; i++) {
      out.writeByte((int) (header >>> (8 * i)));
    }
    out.writeMediumLE(Crc24.of(header, headerBytes));
    int start = out.writerIndex();
    out.writeBytes(payload);
    out.writeIntLE(new Crc32().of(out, start, payload.length));
    return this;
  }

  ByteBuf build() {
    return out;
  }

  /** Returns a RESULT frame of v5 with a body of zeros. */
  static byte[] frame(int bodyLength) {
    byte[] frame = new byte[9 + bodyLength];
    frame[0] = (byte) 0x85;
    frame[3] = 1;
    frame[4] = 8;
    BigEndian.putInt(frame, 5, bodyLength);
    return frame;
  }
}
