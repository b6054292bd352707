package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import java.util.HashMap;
import java.util.Map;

/** Value. A Java enum as the text of its constant's name. */
final class EnumCodec implements TypeCodec<Enum<?>> {

  private final TypeCodec<String> text;
  private final GenericType<Enum<?>> javaType;
  private final Map<String, Enum<?>> constants = new HashMap<>();

  @SuppressWarnings("unchecked") // The caller has seen that the type is an enum.
  EnumCodec(TypeCodec<String> text, GenericType<?> javaType) {
    this.text = text;
    this.javaType = (GenericType<Enum<?>>) javaType;
    for (Object constant : javaType.rawType().getEnumConstants()) {
      Enum<?> named = (Enum<?>) constant;
      constants.put(named.name(), named);
    }
  }

  @Override
  public DataType cqlType() {
    return text.cqlType();
  }

  @Override
  public GenericType<Enum<?>> javaType() {
    return javaType;
  }

  @Override
  public void encode(Enum<?> value, ValueWriter out) {
    text.encode(value.name(), out);
  }

  @Override
  public Enum<?> decode(byte[] bytes, int offset, int length) {
    Enum<?> constant = constants.get(Utf8.decode(bytes, offset, length));
    if (constant == null) {
      throw new BadValue("the enum has no constant of this name");
    }
    return constant;
  }
}
