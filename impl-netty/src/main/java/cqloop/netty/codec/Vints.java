package cqloop.netty.codec;

import cqloop.spi.ValueWriter;

/**
 * Value. Integers of 1 to 9 bytes: as many leading 1 bits in the first byte as bytes follow, then
 * the number, most significant bits first (native_protocol_v5.spec, 3: [unsigned vint], [vint]).
 */
final class Vints {

  private static final int MAX_EXTRA_BYTES = 8;

  private Vints() {}

  static void writeUnsigned(ValueWriter out, long value) {
    int extra = 0;
    while (extra < MAX_EXTRA_BYTES && value >>> (7 * (extra + 1)) != 0) {
      extra++;
    }
    int top = extra < MAX_EXTRA_BYTES ? (int) (value >>> (8 * extra)) : 0;
    out.writeByte(~(0xFF >>> extra) | top);
    for (int i = extra - 1; i >= 0; i--) {
      out.writeByte((int) (value >>> (8 * i)));
    }
  }

  /** Writes a signed number in zig-zag form: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
  static void writeSigned(ValueWriter out, long value) {
    writeUnsigned(out, (value << 1) ^ (value >> 63));
  }

  /**
   * Returns how many bytes the number at this position takes.
   *
   * @throws BadValue when it reaches beyond the end
   */
  static int sizeAt(byte[] bytes, int at, int end) {
    if (at >= end) {
      throw new BadValue("it ends where a number should begin");
    }
    int size = 1 + extraBytes(bytes[at]);
    if (size > end - at) {
      throw new BadValue("it ends within a number");
    }
    return size;
  }

  /** Returns the number at this position, whose size was checked with {@link #sizeAt}. */
  static long readUnsigned(byte[] bytes, int at) {
    int extra = extraBytes(bytes[at]);
    long value = bytes[at] & (0xFF >>> extra);
    for (int i = 1; i <= extra; i++) {
      value = value << 8 | bytes[at + i] & 0xFF;
    }
    return value;
  }

  /** Returns the number in zig-zag form at this position, whose size was checked. */
  static long readSigned(byte[] bytes, int at) {
    long folded = readUnsigned(bytes, at);
    return (folded >>> 1) ^ -(folded & 1);
  }

  private static int extraBytes(byte first) {
    return Integer.numberOfLeadingZeros(~(first << 24));
  }
}
