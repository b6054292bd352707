package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.TupleType;
import cqloop.type.TupleValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value. tuple, as {@link TupleValue} and as a list of its components. */
final class TupleCodecs {

  private TupleCodecs() {}

  private static void encode(
      TupleType type, FieldsCodec fields, @Nullable Object[] values, ValueWriter out) {
    int size = type.components().size();
    if (values.length > size) {
      throw new BadValue("it has %s components instead of %s".formatted(values.length, size));
    }
    fields.encode(Arrays.copyOf(values, size), out);
  }

  record TupleValueCodec(TupleType cqlType, FieldsCodec fields) implements TypeCodec<TupleValue> {

    static final GenericType<TupleValue> JAVA_TYPE = GenericType.of(TupleValue.class);

    @Override
    public GenericType<TupleValue> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(TupleValue value, ValueWriter out) {
      @Nullable Object[] values = new Object[value.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value.get(i);
      }
      TupleCodecs.encode(cqlType, fields, values, out);
    }

    @Override
    public TupleValue decode(byte[] bytes, int offset, int length) {
      return TupleValue.of(cqlType, fields.decode(bytes, offset, length));
    }
  }

  record ListOfComponentsCodec(TupleType type, FieldsCodec fields)
      implements TypeCodec<List<@Nullable Object>> {

    static final GenericType<List<@Nullable Object>> JAVA_TYPE = GenericType.listOf(Object.class);

    @Override
    public DataType cqlType() {
      return type;
    }

    @Override
    public GenericType<List<@Nullable Object>> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(List<@Nullable Object> value, ValueWriter out) {
      TupleCodecs.encode(type, fields, value.toArray(), out);
    }

    @Override
    public List<@Nullable Object> decode(byte[] bytes, int offset, int length) {
      return Collections.unmodifiableList(Arrays.asList(fields.decodeAll(bytes, offset, length)));
    }
  }
}
