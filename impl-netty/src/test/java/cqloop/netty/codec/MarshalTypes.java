package cqloop.netty.codec;

import static cqloop.netty.message.MarshalNames.PACKAGE;

import cqloop.netty.message.MarshalNames;
import cqloop.testkit.CassandraOracle;
import cqloop.type.CqlDuration;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleType;
import cqloop.type.TupleValue;
import cqloop.type.UdtValue;
import cqloop.type.UserType;
import cqloop.type.VectorType;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Owned by one thread. Has Cassandra's own {@code db.marshal} types encode and validate values. */
final class MarshalTypes {

  private final CassandraOracle oracle;

  MarshalTypes(CassandraOracle oracle) {
    this.oracle = oracle;
  }

  /** Returns the bytes that the server gives this value. */
  byte[] encode(DataType type, Object value) {
    return toArray(decompose(type, value));
  }

  /** Has the server validate these bytes. */
  void validate(DataType type, byte[] bytes) {
    oracle.invoke(marshal(type), "validate", ByteBuffer.wrap(bytes));
  }

  private ByteBuffer decompose(DataType type, Object value) {
    if (value instanceof TupleValue tuple) {
      return fields(((TupleType) type).components(), tuple::get);
    }
    if (value instanceof UdtValue udt) {
      return fields(((UserType) type).fieldTypes(), udt::get);
    }
    return (ByteBuffer) oracle.invoke(marshal(type), "decompose", serverValue(type, value));
  }

  /** Joins fields as {@code TupleType} says in its comment: [int length][bytes], -1 for null. */
  private ByteBuffer fields(List<DataType> types, java.util.function.IntFunction<Object> values) {
    List<ByteBuffer> parts = new ArrayList<>();
    int size = 0;
    for (int i = 0; i < types.size(); i++) {
      Object value = values.apply(i);
      ByteBuffer part = value == null ? null : decompose(types.get(i), value);
      parts.add(part);
      size += Integer.BYTES + (part == null ? 0 : part.remaining());
    }
    ByteBuffer joined = ByteBuffer.allocate(size);
    for (ByteBuffer part : parts) {
      joined.putInt(part == null ? -1 : part.remaining());
      if (part != null) {
        joined.put(part.duplicate());
      }
    }
    return joined.flip();
  }

  /** Returns the Java object that the server's type takes for ours. */
  private Object serverValue(DataType type, Object value) {
    if (value instanceof Collection<?> collection) {
      return elements(type, collection);
    }
    if (value instanceof Map<?, ?> map) {
      MapType mapType = (MapType) type;
      Map<Object, Object> values = new LinkedHashMap<>();
      map.forEach((k, v) -> values.put(element(mapType.key(), k), element(mapType.value(), v)));
      return values;
    }
    if (value instanceof Buffer buffer) {
      return ByteBuffer.wrap(buffer.getBytes());
    }
    if (value instanceof LocalDate date) {
      return (int) date.toEpochDay() ^ Integer.MIN_VALUE;
    }
    if (value instanceof LocalTime time) {
      return time.toNanoOfDay();
    }
    if (value instanceof Instant instant) {
      return new Date(instant.toEpochMilli());
    }
    if (value instanceof CqlDuration d) {
      return oracle.invokeStatic(
          "org.apache.cassandra.cql3.Duration", "newInstance", d.months(), d.days(), d.nanos());
    }
    return type == PrimitiveType.TIMEUUID
        ? oracle.invokeStatic("org.apache.cassandra.utils.TimeUUID", "fromUuid", (UUID) value)
        : value;
  }

  private Object elements(DataType type, Collection<?> values) {
    DataType elementType =
        type instanceof ListType list
            ? list.element()
            : type instanceof SetType set ? set.element() : ((VectorType) type).element();
    Collection<Object> converted =
        type instanceof SetType ? new LinkedHashSet<>() : new ArrayList<>();
    for (Object each : values) {
      converted.add(element(elementType, each));
    }
    return converted;
  }

  /** Within other types, the server takes tuples and user types as the bytes that they are. */
  private Object element(DataType type, Object value) {
    return value instanceof TupleValue || value instanceof UdtValue
        ? decompose(type, value)
        : serverValue(type, value);
  }

  private Object marshal(DataType type) {
    return oracle.invokeStatic(PACKAGE + "TypeParser", "parse", expression(type));
  }

  private static String expression(DataType type) {
    if (type instanceof PrimitiveType primitive) {
      return MarshalNames.of(primitive);
    }
    if (type instanceof ListType list) {
      return frozen("ListType(" + expression(list.element()) + ")");
    }
    if (type instanceof SetType set) {
      return frozen("SetType(" + expression(set.element()) + ")");
    }
    if (type instanceof MapType map) {
      return frozen("MapType(" + expression(map.key()) + "," + expression(map.value()) + ")");
    }
    if (type instanceof VectorType vector) {
      return PACKAGE
          + "VectorType(%s , %d)".formatted(expression(vector.element()), vector.dimension());
    }
    if (type instanceof TupleType tuple) {
      List<String> parts = tuple.components().stream().map(MarshalTypes::expression).toList();
      return PACKAGE + "TupleType(" + String.join(",", parts) + ")";
    }
    UserType udt = (UserType) type;
    StringBuilder text =
        new StringBuilder("UserType(" + udt.keyspace() + "," + MarshalNames.hex(udt.name()));
    for (int i = 0; i < udt.fieldNames().size(); i++) {
      text.append(",").append(MarshalNames.hex(udt.fieldNames().get(i)));
      text.append(":").append(expression(udt.fieldTypes().get(i)));
    }
    return frozen(text.append(")").toString());
  }

  private static String frozen(String expression) {
    return PACKAGE + "FrozenType(" + PACKAGE + expression + ")";
  }

  private static byte[] toArray(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
