package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import java.util.Arrays;
import java.util.HexFormat;

/** Value. Bytes of tests: from hexadecimal text, out of codecs and into them. */
public final class Bytes {

  private Bytes() {}

  public static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @SuppressWarnings("unchecked") // The test names a codec that takes the value.
  static byte[] encode(TypeCodec<?> codec, Object value) {
    ValueWriter out = new ValueWriter(16);
    ((TypeCodec<Object>) codec).encode(value, out);
    return out.toByteArray();
  }

  /** Decodes from the middle of a larger array, so that reading beyond the value shows. */
  static Object decode(TypeCodec<?> codec, byte[] value) {
    byte[] around = new byte[value.length + 20];
    Arrays.fill(around, (byte) 0x5a);
    System.arraycopy(value, 0, around, 7, value.length);
    return codec.decode(around, 7, value.length);
  }
}
