package cqloop.netty.codec;

import cqloop.spi.ValueWriter;
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

  /** Reads one value for each field; fields that are missing are null, further ones are skipped. */
  @Nullable Object[] decode(byte[] bytes, int offset, int length) {
    @Nullable Object[] values = new Object[fields.length];
    int end = offset + length;
    int at = offset;
    for (int i = 0; at < end; i++) {
      int next = ElementCodec.endOf(bytes, at, end);
      if (i < fields.length) {
        values[i] = fields[i].readWithLength(bytes, at);
      }
      at = next;
    }
    return values;
  }
}
