package cqloop.netty.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Loop-owned. The checksum of a segment payload: zlib's, fed first with four fixed bytes. */
final class Crc32 {

  // native_protocol_v5.spec, 2.1: bytes that are fed before the payload.
  private static final byte[] SEED = {(byte) 0xFA, 0x2D, 0x55, (byte) 0xCA};

  private final CRC32 crc = new CRC32();

  /** Returns the checksum of these bytes of the buffer. */
  int of(ByteBuf buffer, int index, int length) {
    crc.reset();
    crc.update(SEED);
    if (buffer.hasArray()) {
      crc.update(buffer.array(), buffer.arrayOffset() + index, length);
    } else if (buffer.nioBufferCount() == 1) {
      crc.update(buffer.internalNioBuffer(index, length));
    } else {
      for (ByteBuffer part : buffer.nioBuffers(index, length)) {
        crc.update(part);
      }
    }
    return (int) crc.getValue();
  }
}
