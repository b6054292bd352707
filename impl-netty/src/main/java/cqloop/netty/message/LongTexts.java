package cqloop.netty.message;

import cqloop.BoundStatement;
import cqloop.netty.wire.BigEndian;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread. Writes values of which some texts are not encoded yet, and encodes these on
 * the way: a text that is copied first needs its bytes two times over, on the heap.
 */
final class LongTexts {

  /** So much of a text is converted at once: it stays in the nearest cache. */
  private static final int CHUNK = 2048;

  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  private static final FastThreadLocal<LongTexts> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected LongTexts initialValue() {
          return new LongTexts();
        }
      };

  // The JDK converts arrays of Latin-1 with instructions for many characters at once.
  private final CharsetEncoder latin1 = StandardCharsets.ISO_8859_1.newEncoder();
  private final char[] chars = new char[CHUNK];
  private final byte[] bytes = new byte[CHUNK];
  private final CharBuffer source = CharBuffer.wrap(chars);
  private final ByteBuffer target = ByteBuffer.wrap(bytes);

  private LongTexts() {}

  /** Returns a number of bytes that the texts have at least. */
  static long sizeHint(@Nullable String @Nullable [] texts) {
    long size = 0;
    if (texts != null) {
      for (String text : texts) {
        size += text == null ? 0 : text.length();
      }
    }
    return size;
  }

  /**
   * Writes values with their texts.
   *
   * @param values {@code [short n]([value])*}, with {@link BoundStatement#LONG_TEXT} for the texts
   * @param texts by position; null when there are none
   */
  static void write(ByteBuf out, byte[] values, @Nullable String @Nullable [] texts) {
    if (texts == null) {
      out.writeBytes(values);
      return;
    }
    LongTexts writer = OF_THREAD.get();
    int written = 0;
    int at = Short.BYTES;
    for (int i = 0; i < texts.length; i++) {
      int length = BigEndian.getInt(values, at);
      if (length == BoundStatement.LONG_TEXT) {
        out.writeBytes(values, written, at - written);
        writer.writeText(out, Objects.requireNonNull(texts[i]));
        written = at + Integer.BYTES;
      }
      at += Integer.BYTES + Math.max(0, length);
    }
    out.writeBytes(values, written, values.length - written);
  }

  /** Writes length and bytes. */
  private void writeText(ByteBuf out, String text) {
    int start = out.writerIndex();
    out.writeInt(text.length());
    for (int at = 0; at < text.length(); at += CHUNK) {
      int count = Math.min(CHUNK, text.length() - at);
      text.getChars(at, at + count, chars, 0);
      if (!encodeAscii(count)) {
        out.writerIndex(start);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.writeBytes(utf8);
        return;
      }
      out.writeBytes(bytes, 0, count);
    }
  }

  /** Puts the characters into the bytes; returns false when they are not all ASCII. */
  private boolean encodeAscii(int count) {
    source.limit(count).position(0);
    target.clear();
    if (latin1.reset().encode(source, target, true).isError()) {
      return false;
    }
    long bits = 0;
    int at = 0;
    for (; at <= count - Long.BYTES; at += Long.BYTES) {
      bits |= BigEndian.getLong(bytes, at);
    }
    for (; at < count; at++) {
      bits |= (long) bytes[at] & 0x80;
    }
    return (bits & NOT_ASCII) == 0;
  }
}
