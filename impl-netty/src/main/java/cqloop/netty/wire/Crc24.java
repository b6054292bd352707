package cqloop.netty.wire;

/** Value. The checksum of a segment header. */
final class Crc24 {

  // native_protocol_v5.spec, 2.1: start value and polynomial; bytes enter lowest first.
  private static final int INITIAL = 0x875060;
  private static final int POLYNOMIAL = 0x1974F0B;

  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      int crc = i << 16;
      for (int bit = 0; bit < 8; bit++) {
        crc <<= 1;
        crc = (crc & 0x1000000) == 0 ? crc : crc ^ POLYNOMIAL;
      }
      TABLE[i] = crc;
    }
  }

  private Crc24() {}

  /** Returns the checksum of the lowest {@code length} bytes of the number, lowest byte first. */
  static int of(long bytes, int length) {
    int crc = INITIAL;
    for (int i = 0; i < length; i++) {
      int index = ((crc >>> 16) ^ (int) (bytes >>> (8 * i))) & 0xFF;
      crc = ((crc << 8) & 0xFFFFFF) ^ TABLE[index];
    }
    return crc;
  }
}
