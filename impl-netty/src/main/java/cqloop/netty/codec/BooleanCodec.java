package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Value. boolean: one byte, and any but 0 is true. */
record BooleanCodec() implements TypeCodec<Boolean> {

  private static final GenericType<Boolean> JAVA_TYPE = GenericType.of(Boolean.class);

  @Override
  public DataType cqlType() {
    return PrimitiveType.BOOLEAN;
  }

  @Override
  public GenericType<Boolean> javaType() {
    return JAVA_TYPE;
  }

  @Override
  public void encode(Boolean value, ValueWriter out) {
    out.writeByte(value ? 1 : 0);
  }

  @Override
  public @Nullable Boolean decode(byte[] bytes, int offset, int length) {
    return FixedLength.isEmpty(length, 1) ? null : Boolean.valueOf(bytes[offset] != 0);
  }
}
