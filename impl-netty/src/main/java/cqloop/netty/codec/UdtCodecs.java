package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.CqlIdentifier;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.UdtValue;
import cqloop.type.UserType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Value. User types, as {@link UdtValue} and as a map by field name. */
final class UdtCodecs {

  private UdtCodecs() {}

  record UdtValueCodec(UserType cqlType, FieldsCodec fields) implements TypeCodec<UdtValue> {

    static final GenericType<UdtValue> JAVA_TYPE = GenericType.of(UdtValue.class);

    @Override
    public GenericType<UdtValue> javaType() {
      return JAVA_TYPE;
    }

    /** Matches by name, because the type of the value may be older or newer than the column's. */
    @Override
    public void encode(UdtValue value, ValueWriter out) {
      @Nullable Object[] values = new Object[cqlType.fieldNames().size()];
      List<String> given = value.type().fieldNames();
      boolean sameNames = given.equals(cqlType.fieldNames());
      for (int i = 0; i < given.size(); i++) {
        Object field = value.get(i);
        int index = sameNames ? i : cqlType.indexOf(given.get(i));
        if (index >= 0) {
          values[index] = field;
        } else if (field != null) {
          throw new BadValue("the type has no field '%s'".formatted(given.get(i)));
        }
      }
      fields.encode(values, out);
    }

    @Override
    public UdtValue decode(byte[] bytes, int offset, int length) {
      return UdtValue.of(cqlType, fields.decode(bytes, offset, length));
    }
  }

  /** Names are taken as CQL takes them; fields that the map does not name are null. */
  record FieldMapCodec(UserType type, FieldsCodec fields)
      implements TypeCodec<Map<String, @Nullable Object>> {

    static final GenericType<Map<String, @Nullable Object>> JAVA_TYPE =
        GenericType.mapOf(String.class, Object.class);

    @Override
    public DataType cqlType() {
      return type;
    }

    @Override
    public GenericType<Map<String, @Nullable Object>> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(Map<String, @Nullable Object> value, ValueWriter out) {
      @Nullable Object[] values = new Object[type.fieldNames().size()];
      for (Map.Entry<?, ? extends @Nullable Object> entry : value.entrySet()) {
        values[indexOf(entry.getKey())] = entry.getValue();
      }
      fields.encode(values, out);
    }

    private int indexOf(@Nullable Object key) {
      if (!(key instanceof String name) || name.isEmpty()) {
        throw new BadValue("the names of its fields must be strings that are not empty");
      }
      int exact = type.indexOf(name);
      int index = exact < 0 ? type.indexOf(CqlIdentifier.toInternal(name)) : exact;
      if (index < 0) {
        throw new BadValue(
            "the type has no field '%s'. Known: %s"
                .formatted(name, String.join(", ", type.fieldNames())));
      }
      return index;
    }

    @Override
    public Map<String, @Nullable Object> decode(byte[] bytes, int offset, int length) {
      @Nullable Object[] values = fields.decodeAll(bytes, offset, length);
      Map<String, @Nullable Object> map = new LinkedHashMap<>(Counts.hashCapacity(values.length));
      for (int i = 0; i < values.length; i++) {
        map.put(type.fieldNames().get(i), values[i]);
      }
      return map;
    }
  }
}
