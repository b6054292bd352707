package cqloop.bench.wire;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Checksums of v5 segments. Source: native_protocol_v5.spec, section 2.2. */
public final class Crc {
  private static final int CRC24_INIT = 0x875060;
  private static final int CRC24_POLYNOMIAL = 0x1974F0B;
  private static final byte[] CRC32_PREFIX = {(byte) 0xFA, 0x2D, 0x55, (byte) 0xCA};

  private final CRC32 crc32 = new CRC32();

  /** Checksum of the {@code length} lowest bytes of a little-endian segment header. */
  public static int crc24(long header, int length) {
    int crc = CRC24_INIT;
    for (int i = 0; i < length; i++) {
      crc ^= (int) (header >>> (8 * i) & 0xFF) << 16;
      for (int bit = 0; bit < 8; bit++) {
        crc <<= 1;
        if ((crc & 0x1000000) != 0) {
          crc ^= CRC24_POLYNOMIAL;
        }
      }
    }
    return crc;
  }

  /** Checksum of a payload. */
  public int crc32(byte[] payload, int offset, int length) {
    crc32.reset();
    crc32.update(CRC32_PREFIX);
    crc32.update(payload, offset, length);
    return (int) crc32.getValue();
  }

  /** Checksum of a payload; the buffer is read to its limit. */
  public int crc32(ByteBuffer payload) {
    crc32.reset();
    crc32.update(CRC32_PREFIX);
    crc32.update(payload);
    return (int) crc32.getValue();
  }
}
