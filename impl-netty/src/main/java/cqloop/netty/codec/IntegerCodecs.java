package cqloop.netty.codec;

import cqloop.netty.wire.BigEndian;
import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value. tinyint, smallint, int, bigint, counter and varint. */
final class IntegerCodecs {

  private static final IntegerKind<?>[] KINDS = {
    IntegerKind.BYTE, IntegerKind.SHORT, IntegerKind.INTEGER, IntegerKind.LONG
  };

  private IntegerCodecs() {}

  /** The usual Java type first, then every other integer type with a check of its range. */
  static List<TypeCodec<?>> all(PrimitiveType type) {
    return switch (type) {
      case TINYINT -> withOthers(new TinyintCodec(), IntegerKind.BYTE);
      case SMALLINT -> withOthers(new SmallintCodec(), IntegerKind.SHORT);
      case INT -> withOthers(new IntCodec(), IntegerKind.INTEGER);
      case BIGINT, COUNTER -> withOthers(new BigintCodec(type), IntegerKind.LONG);
      case VARINT -> withOthers(new VarintCodec(), IntegerKind.BIG);
      default -> throw new IllegalArgumentException("Not an integer type: " + type);
    };
  }

  private static <B> List<TypeCodec<?>> withOthers(TypeCodec<B> base, IntegerKind<B> kind) {
    List<TypeCodec<?>> codecs = new ArrayList<>();
    codecs.add(base);
    for (IntegerKind<?> other : KINDS) {
      if (other != kind) {
        codecs.add(converted(base, kind, other));
      }
    }
    return codecs;
  }

  private static <T, B> TypeCodec<T> converted(
      TypeCodec<B> base, IntegerKind<B> from, IntegerKind<T> to) {
    return ConvertedCodec.of(
        base,
        to.javaType(),
        value -> to.ofLong().apply(from.toLong().applyAsLong(value)),
        value -> from.ofLong().apply(to.toLong().applyAsLong(value)),
        "the number is out of range");
  }

  record TinyintCodec() implements TypeCodec<Byte> {

    private static final GenericType<Byte> JAVA_TYPE = GenericType.of(Byte.class);

    @Override
    public DataType cqlType() {
      return PrimitiveType.TINYINT;
    }

    @Override
    public GenericType<Byte> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(Byte value, ValueWriter out) {
      out.writeByte(value);
    }

    @Override
    public @Nullable Byte decode(byte[] bytes, int offset, int length) {
      return FixedLength.isEmpty(length, Byte.BYTES) ? null : bytes[offset];
    }
  }

  record SmallintCodec() implements TypeCodec<Short> {

    private static final GenericType<Short> JAVA_TYPE = GenericType.of(Short.class);

    @Override
    public DataType cqlType() {
      return PrimitiveType.SMALLINT;
    }

    @Override
    public GenericType<Short> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(Short value, ValueWriter out) {
      out.writeShort(value);
    }

    @Override
    public @Nullable Short decode(byte[] bytes, int offset, int length) {
      return FixedLength.isEmpty(length, Short.BYTES) ? null : BigEndian.getShort(bytes, offset);
    }
  }

  record IntCodec() implements TypeCodec<Integer> {

    private static final GenericType<Integer> JAVA_TYPE = GenericType.of(Integer.class);

    @Override
    public DataType cqlType() {
      return PrimitiveType.INT;
    }

    @Override
    public GenericType<Integer> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(Integer value, ValueWriter out) {
      out.writeInt(value);
    }

    @Override
    public @Nullable Integer decode(byte[] bytes, int offset, int length) {
      return FixedLength.isEmpty(length, Integer.BYTES) ? null : BigEndian.getInt(bytes, offset);
    }
  }

  record BigintCodec(DataType cqlType) implements TypeCodec<Long> {

    private static final GenericType<Long> JAVA_TYPE = GenericType.of(Long.class);

    @Override
    public GenericType<Long> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(Long value, ValueWriter out) {
      out.writeLong(value);
    }

    @Override
    public @Nullable Long decode(byte[] bytes, int offset, int length) {
      return FixedLength.isEmpty(length, Long.BYTES) ? null : BigEndian.getLong(bytes, offset);
    }
  }

  record VarintCodec() implements TypeCodec<BigInteger> {

    private static final GenericType<BigInteger> JAVA_TYPE = GenericType.of(BigInteger.class);

    @Override
    public DataType cqlType() {
      return PrimitiveType.VARINT;
    }

    @Override
    public GenericType<BigInteger> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(BigInteger value, ValueWriter out) {
      out.writeBytes(value.toByteArray());
    }

    @Override
    public @Nullable BigInteger decode(byte[] bytes, int offset, int length) {
      return length == 0 ? null : new BigInteger(bytes, offset, length);
    }
  }
}
