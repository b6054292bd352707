package cqloop.netty.codec;

import cqloop.netty.wire.BigEndian;
import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Value. What a collection, tuple, user type or vector knows of the type within it: the codec to
 * read with, and to write with where the Java value fits it. Other Java values have theirs looked
 * up.
 */
record ElementCodec(DataType type, TypeCodec<Object> codec, Codecs codecs) {

  /** Writes length and bytes; null as null. */
  void writeNullable(@Nullable Object value, ValueWriter out) {
    Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (present == null) {
      out.writeNull();
    } else {
      writeWithLength(present, out);
    }
  }

  /** Writes length and bytes of an element, which the server does not allow to be null. */
  void writeElement(@Nullable Object value, ValueWriter out) {
    writeWithLength(requireElement(value), out);
  }

  /** Writes the bytes of an element alone. */
  void writeBare(@Nullable Object value, ValueWriter out) {
    encode(requireElement(value), out);
  }

  /** Reads the value whose length is at this position; a negative one means null. */
  @Nullable Object readWithLength(byte[] bytes, int at) {
    int length = BigEndian.getInt(bytes, at);
    return length < 0 ? null : codec.decode(bytes, at + Integer.BYTES, length);
  }

  /**
   * Returns the position after the value whose length is at this position.
   *
   * @throws BadValue when the length or the value reaches beyond the end
   */
  static int endOf(byte[] bytes, int at, int end) {
    if (end - at < Integer.BYTES) {
      throw new BadValue("it ends where a length should be");
    }
    int length = Math.max(0, BigEndian.getInt(bytes, at));
    int start = at + Integer.BYTES;
    if (length > end - start) {
      throw new BadValue(
          "an inner value claims %s bytes, %s are left".formatted(length, end - start));
    }
    return start + length;
  }

  private void writeWithLength(Object value, ValueWriter out) {
    int mark = out.beginValue();
    encode(value, out);
    out.endValue(mark);
  }

  private void encode(Object value, ValueWriter out) {
    TypeCodec<Object> fitting = codec.accepts(value) ? codec : codecs.codecForValue(type, value);
    fitting.encode(value, out);
  }

  private static Object requireElement(@Nullable Object value) {
    if (value == null) {
      throw new BadValue("a collection or vector must not hold null");
    }
    return value;
  }
}
