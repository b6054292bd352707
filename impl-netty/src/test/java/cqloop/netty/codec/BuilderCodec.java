package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import java.nio.charset.StandardCharsets;

/** Value. A codec as a user could write it: text as a {@link StringBuilder}. */
class BuilderCodec implements TypeCodec<StringBuilder> {

  @Override
  public DataType cqlType() {
    return PrimitiveType.TEXT;
  }

  @Override
  public GenericType<StringBuilder> javaType() {
    return GenericType.of(StringBuilder.class);
  }

  @Override
  public void encode(StringBuilder value, ValueWriter out) {
    out.writeUtf8(value.toString());
  }

  @Override
  public StringBuilder decode(byte[] bytes, int offset, int length) {
    return new StringBuilder(new String(bytes, offset, length, StandardCharsets.UTF_8));
  }
}
