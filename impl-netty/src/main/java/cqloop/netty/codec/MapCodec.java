package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.MapType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Value. map: a count, then key and value by turns, each with its length. */
final class MapCodec implements TypeCodec<Map<?, ?>> {

  private final MapType cqlType;
  private final GenericType<Map<?, ?>> javaType;
  private final ElementCodec key;
  private final ElementCodec value;

  @SuppressWarnings("unchecked") // The registry asks for a map type only.
  MapCodec(MapType cqlType, GenericType<?> javaType, ElementCodec key, ElementCodec value) {
    this.cqlType = cqlType;
    this.javaType = (GenericType<Map<?, ?>>) javaType;
    this.key = key;
    this.value = value;
  }

  @Override
  public DataType cqlType() {
    return cqlType;
  }

  @Override
  public GenericType<Map<?, ?>> javaType() {
    return javaType;
  }

  @Override
  public void encode(Map<?, ?> map, ValueWriter out) {
    out.writeInt(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      key.writeElement(entry.getKey(), out);
      value.writeElement(entry.getValue(), out);
    }
  }

  @Override
  public @Nullable Map<?, ?> decode(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return null;
    }
    int end = offset + length;
    int count = Counts.read(bytes, offset, end, 2 * Integer.BYTES);
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>(Counts.hashCapacity(count));
    int at = offset + Integer.BYTES;
    for (int i = 0; i < count; i++) {
      int valueAt = ElementCodec.endOf(bytes, at, end);
      int next = ElementCodec.endOf(bytes, valueAt, end);
      map.put(key.readWithLength(bytes, at), value.readWithLength(bytes, valueAt));
      at = next;
    }
    Counts.requireEnd(at, end);
    return map;
  }
}
