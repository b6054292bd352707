package cqloop.netty.codec;

import cqloop.netty.wire.BigEndian;
import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Value. uuid and timeuuid: 16 bytes; a timeuuid must be of version 1. */
record UuidCodec(DataType cqlType) implements TypeCodec<UUID> {

  static final int BYTES = 16;
  static final int TIME_BASED = 1; // RFC 9562 §5.1

  private static final GenericType<UUID> JAVA_TYPE = GenericType.of(UUID.class);
  private static final int TEXT_LENGTH = 36;

  static List<TypeCodec<?>> all(PrimitiveType type) {
    UuidCodec base = new UuidCodec(type);
    return List.of(
        base,
        ConvertedCodec.of(
            base, String.class, UUID::toString, UuidCodec::parse, "it is not the text of a UUID"));
  }

  private static UUID parse(String text) {
    // The JDK takes shortened groups too, which would hide a cut value.
    if (text.length() != TEXT_LENGTH) {
      throw new BadValue("the text of a UUID has 36 characters, this has " + text.length());
    }
    return UUID.fromString(text);
  }

  @Override
  public GenericType<UUID> javaType() {
    return JAVA_TYPE;
  }

  @Override
  public void encode(UUID value, ValueWriter out) {
    if (cqlType == PrimitiveType.TIMEUUID && value.version() != TIME_BASED) {
      throw new BadValue("a timeuuid must be a UUID of version 1, not " + value.version());
    }
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
  }

  @Override
  public @Nullable UUID decode(byte[] bytes, int offset, int length) {
    return FixedLength.isEmpty(length, BYTES)
        ? null
        : new UUID(BigEndian.getLong(bytes, offset), BigEndian.getLong(bytes, offset + Long.BYTES));
  }
}
