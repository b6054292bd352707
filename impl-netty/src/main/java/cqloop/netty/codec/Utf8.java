package cqloop.netty.codec;

import cqloop.error.CodecFailed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Value. Reads text, and refuses bytes that are none instead of putting other characters there. */
public final class Utf8 {

  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * Returns the text that these bytes are in UTF-8.
   *
   * @throws RuntimeException when they are not UTF-8; {@link CodecErrors} makes a {@link
   *     CodecFailed} of it
   */
  public static String decode(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    // The JDK replaces what it cannot read. A search for the replacement costs nothing in text that
    // is Latin-1, and only text that has it needs the exact test.
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireSame(text, bytes, offset, length);
    }
    return text;
  }

  private static void requireSame(String text, byte[] bytes, int offset, int length) {
    byte[] again = text.getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(again, 0, again.length, bytes, offset, offset + length)) {
      throw new BadValue("its bytes are not UTF-8; read them as bytes");
    }
  }
}
