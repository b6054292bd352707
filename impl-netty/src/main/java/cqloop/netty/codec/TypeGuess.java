package cqloop.netty.codec;

import cqloop.type.CqlDuration;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.SetType;
import cqloop.type.TupleValue;
import cqloop.type.UdtValue;
import cqloop.type.VectorType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. The CQL type that a Java value stands for where nothing tells it: in statements that are
 * not prepared. Only the bytes travel, so {@code text} stands for ascii too, {@code uuid} for
 * timeuuid, and so on.
 */
final class TypeGuess {

  private TypeGuess() {}

  /** Returns the type, or null for an object of a Java type that stands for none. */
  static @Nullable DataType of(Codecs codecs, Object value) {
    DataType type = ofNumber(value);
    if (type == null) {
      type = ofTime(value);
    }
    if (type == null) {
      type = ofOther(value);
    }
    if (type == null) {
      type = ofContainer(codecs, value);
    }
    if (type == null) {
      type = codecs.typeOfUserCodecFor(value);
    }
    return type == null && value instanceof Enum ? PrimitiveType.TEXT : type;
  }

  private static @Nullable DataType ofNumber(Object value) {
    if (value instanceof Integer) {
      return PrimitiveType.INT;
    }
    if (value instanceof Long) {
      return PrimitiveType.BIGINT;
    }
    if (value instanceof Double) {
      return PrimitiveType.DOUBLE;
    }
    if (value instanceof Float) {
      return PrimitiveType.FLOAT;
    }
    if (value instanceof Short) {
      return PrimitiveType.SMALLINT;
    }
    if (value instanceof Byte) {
      return PrimitiveType.TINYINT;
    }
    if (value instanceof BigDecimal) {
      return PrimitiveType.DECIMAL;
    }
    return value instanceof BigInteger ? PrimitiveType.VARINT : null;
  }

  private static @Nullable DataType ofTime(Object value) {
    if (value instanceof Instant
        || value instanceof OffsetDateTime
        || value instanceof ZonedDateTime
        || value instanceof Date) {
      return PrimitiveType.TIMESTAMP;
    }
    if (value instanceof LocalDate) {
      return PrimitiveType.DATE;
    }
    if (value instanceof LocalTime) {
      return PrimitiveType.TIME;
    }
    return value instanceof CqlDuration || value instanceof Duration || value instanceof Period
        ? PrimitiveType.DURATION
        : null;
  }

  private static @Nullable DataType ofOther(Object value) {
    if (value instanceof String || value instanceof JsonObject || value instanceof JsonArray) {
      return PrimitiveType.TEXT;
    }
    if (value instanceof UUID) {
      return PrimitiveType.UUID;
    }
    if (value instanceof Boolean) {
      return PrimitiveType.BOOLEAN;
    }
    if (value instanceof Buffer || value instanceof byte[] || value instanceof ByteBuffer) {
      return PrimitiveType.BLOB;
    }
    return value instanceof InetAddress ? PrimitiveType.INET : null;
  }

  private static @Nullable DataType ofContainer(Codecs codecs, Object value) {
    if (value instanceof UdtValue udt) {
      return udt.type();
    }
    if (value instanceof TupleValue tuple) {
      return tuple.type();
    }
    if (value instanceof float[] vector) {
      return vector.length == 0 ? null : new VectorType(PrimitiveType.FLOAT, vector.length);
    }
    if (value instanceof Map<?, ?> map) {
      DataType key = ofFirst(codecs, map.keySet());
      DataType item = ofFirst(codecs, map.values());
      return key == null || item == null ? null : new MapType(key, item);
    }
    if (value instanceof Collection<?> collection) {
      DataType element = ofFirst(codecs, collection);
      if (element == null) {
        return null;
      }
      return value instanceof Set ? new SetType(element) : new ListType(element);
    }
    return null;
  }

  /**
   * Returns the type of the first element. Without elements any type gives the same bytes: a count
   * of 0. A null is refused later, whatever its type.
   */
  private static @Nullable DataType ofFirst(Codecs codecs, Collection<?> values) {
    Object first = values.isEmpty() ? null : values.iterator().next();
    return first == null ? PrimitiveType.BLOB : of(codecs, first);
  }
}
