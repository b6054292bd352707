package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.SetType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** Value. list and set: a count, then each element with its length. Writes any collection. */
final class CollectionCodec implements TypeCodec<Collection<?>> {

  private final DataType cqlType;
  private final GenericType<Collection<?>> javaType;
  private final ElementCodec element;

  @SuppressWarnings("unchecked") // The registry asks for a list or set type only.
  CollectionCodec(DataType cqlType, GenericType<?> javaType, ElementCodec element) {
    this.cqlType = cqlType;
    this.javaType = (GenericType<Collection<?>>) javaType;
    this.element = element;
  }

  @Override
  public DataType cqlType() {
    return cqlType;
  }

  @Override
  public GenericType<Collection<?>> javaType() {
    return javaType;
  }

  @Override
  public boolean accepts(Object value) {
    return value instanceof Collection;
  }

  @Override
  public void encode(Collection<?> value, ValueWriter out) {
    out.writeInt(value.size());
    for (Object each : value) {
      element.writeElement(each, out);
    }
  }

  @Override
  public @Nullable Collection<?> decode(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return null;
    }
    int end = offset + length;
    int count = Counts.read(bytes, offset, end, Integer.BYTES);
    Collection<@Nullable Object> values =
        cqlType instanceof SetType
            ? new LinkedHashSet<>(Counts.hashCapacity(count))
            : new ArrayList<>(count);
    int at = offset + Integer.BYTES;
    for (int i = 0; i < count; i++) {
      int next = ElementCodec.endOf(bytes, at, end);
      values.add(element.readWithLength(bytes, at));
      at = next;
    }
    Counts.requireEnd(at, end);
    return values;
  }
}
