package cqloop.netty.codec;

import cqloop.spi.ValueWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Value. The fields of a tuple or user type: each with its length, negative for null. The server
 * may send fewer fields than are known, or more: a type can get new ones at any time.
 */
record FieldsCodec(ElementCodec[] fields) {

  /** Writes these values, one for each field. */
  void encode(@Nullable Object[] values, ValueWriter out) {
    for (int i = 0; i < fields.length; i++) {
      fields[i].writeNullable(values[i], out);
    }
  }

  /**
   * Reads the fields that are there, at most as many as are known: so memory is bounded by the
   * bytes, however many fields the type has.
   */
  @Nullable Object[] decode(byte[] bytes, int offset, int length) {
    @Nullable Object[] values = new Object[Math.min(fields.length, length / Integer.BYTES)];
    int end = offset + length;
    int at = offset;
    for (int i = 0; at < end; i++) {
      int next = ElementCodec.endOf(bytes, at, end);
      if (i < values.length) {
        values[i] = fields[i].readWithLength(bytes, at);
      }
      at = next;
    }
    return values;
  }

  /** Reads one value for each field; those that are missing are null. */
  @Nullable Object[] decodeAll(byte[] bytes, int offset, int length) {
    return Arrays.copyOf(decode(bytes, offset, length), fields.length);
  }
}
