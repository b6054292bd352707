package cqloop.testkit.fake;

import java.util.zip.CRC32;

/** Value. The two checksums of segments; native_protocol_v5.spec §2.2. */
public final class Checksums {
  // native_protocol_v5.spec §2.2: initial value and polynomial of the header checksum.
  private static final int CRC24_START = 0x875060;
  private static final int CRC24_POLYNOMIAL = 0x1974F0B;

  // native_protocol_v5.spec §2.2: bytes fed to the payload checksum before the payload.
  private static final byte[] CRC32_PREFIX = {(byte) 0xFA, 0x2D, 0x55, (byte) 0xCA};

  private Checksums() {}

  /** CRC24 of the lowest {@code length} bytes of {@code header}, lowest byte first. */
  public static int crc24(long header, int length) {
    int crc = CRC24_START;
    for (int i = 0; i < length; i++) {
      crc ^= (int) (header >>> (8 * i) & 0xFF) << 16;
      for (int bit = 0; bit < 8; bit++) {
        crc <<= 1;
        if ((crc & 0x1000000) != 0) {
          crc ^= CRC24_POLYNOMIAL;
        }
      }
    }
    return crc & 0xFFFFFF;
  }

  /** CRC32 of a payload, with the prefix of the specification. */
  public static int crc32(byte[] payload) {
    CRC32 crc = new CRC32();
    crc.update(CRC32_PREFIX);
    crc.update(payload);
    return (int) crc.getValue();
  }
}
