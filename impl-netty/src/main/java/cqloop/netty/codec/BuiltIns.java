package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.type.CustomType;
import cqloop.type.DataType;
import cqloop.type.PrimitiveType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Value. The built-in codecs of the primitive types; the first of each reads its usual Java type.
 */
final class BuiltIns {

  private static final Map<PrimitiveType, List<TypeCodec<?>>> BY_TYPE =
      new EnumMap<>(PrimitiveType.class);

  static {
    for (PrimitiveType type : PrimitiveType.values()) {
      BY_TYPE.put(type, create(type));
    }
  }

  private BuiltIns() {}

  /** Returns the codecs of a primitive or custom type; none for a type with parameters. */
  static List<TypeCodec<?>> of(DataType type) {
    if (type instanceof PrimitiveType) {
      return BY_TYPE.getOrDefault(type, List.of());
    }
    return type instanceof CustomType ? BlobCodecs.all(type) : List.of();
  }

  private static List<TypeCodec<?>> create(PrimitiveType type) {
    return switch (type) {
      case ASCII, TEXT -> TextCodecs.all(type);
      case BLOB -> BlobCodecs.all(type);
      case BOOLEAN -> List.of(new BooleanCodec());
      case TINYINT, SMALLINT, INT, BIGINT, COUNTER, VARINT -> IntegerCodecs.all(type);
      case DECIMAL, FLOAT, DOUBLE -> DecimalCodecs.all(type);
      case DATE, TIME, TIMESTAMP -> TimeCodecs.all(type);
      case UUID, TIMEUUID -> UuidCodec.all(type);
      case INET -> InetCodec.all();
      case DURATION -> DurationCodec.all();
    };
  }
}
