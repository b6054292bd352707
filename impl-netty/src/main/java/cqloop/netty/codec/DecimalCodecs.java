package cqloop.netty.codec;

import cqloop.netty.wire.BigEndian;
import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value. decimal, float and double. */
final class DecimalCodecs {

  private DecimalCodecs() {}

  static List<TypeCodec<?>> all(PrimitiveType type) {
    return switch (type) {
      case DECIMAL -> decimals(new DecimalCodec());
      case FLOAT -> floats(new FloatCodec());
      case DOUBLE -> doubles(new DoubleCodec());
      default -> throw new IllegalArgumentException("Not a type with a fraction: " + type);
    };
  }

  private static List<TypeCodec<?>> decimals(TypeCodec<BigDecimal> base) {
    String problem = "it is not a whole number in range";
    return List.of(
        base,
        // longValueExact looks at precision and scale first, so a hostile scale expands nothing.
        ConvertedCodec.of(
            base, Long.class, BigDecimal::longValueExact, BigDecimal::valueOf, problem),
        ConvertedCodec.of(
            base, Integer.class, BigDecimal::intValueExact, BigDecimal::valueOf, problem));
  }

  private static List<TypeCodec<?>> floats(TypeCodec<Float> base) {
    return List.of(
        base,
        ConvertedCodec.of(
            base, Double.class, Float::doubleValue, DecimalCodecs::toFloat, "it is out of range"));
  }

  private static List<TypeCodec<?>> doubles(TypeCodec<Double> base) {
    return List.of(
        base,
        ConvertedCodec.of(
            base,
            Float.class,
            DecimalCodecs::exactFloat,
            Float::doubleValue,
            "it is not exactly a float"));
  }

  private static Float exactFloat(Double value) {
    float narrow = value.floatValue();
    if (Double.compare(narrow, value) != 0) {
      throw new BadValue("the number is not exactly a float; read it as a double");
    }
    return narrow;
  }

  /** Rounds as a cast does, because a float column cannot do better, but never to infinity. */
  private static Float toFloat(Double value) {
    float rounded = value.floatValue();
    if (Float.isInfinite(rounded) && !value.isInfinite()) {
      throw new BadValue("the number is out of the range of a float");
    }
    return rounded;
  }

  /**
   * The scale is kept as it came, however large: nothing here expands it, and neither does {@link
   * BigDecimal#toString}.
   */
  record DecimalCodec() implements TypeCodec<BigDecimal> {

    private static final GenericType<BigDecimal> JAVA_TYPE = GenericType.of(BigDecimal.class);

    @Override
    public DataType cqlType() {
      return PrimitiveType.DECIMAL;
    }

    @Override
    public GenericType<BigDecimal> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(BigDecimal value, ValueWriter out) {
      out.writeInt(value.scale());
      out.writeBytes(value.unscaledValue().toByteArray());
    }

    @Override
    public @Nullable BigDecimal decode(byte[] bytes, int offset, int length) {
      if (length == 0) {
        return null;
      }
      if (length <= Integer.BYTES) {
        throw new BadValue("it has %s bytes, but needs at least 5".formatted(length));
      }
      int scale = BigEndian.getInt(bytes, offset);
      BigInteger unscaled = new BigInteger(bytes, offset + Integer.BYTES, length - Integer.BYTES);
      return new BigDecimal(unscaled, scale);
    }
  }

  record FloatCodec() implements TypeCodec<Float> {

    private static final GenericType<Float> JAVA_TYPE = GenericType.of(Float.class);

    @Override
    public DataType cqlType() {
      return PrimitiveType.FLOAT;
    }

    @Override
    public GenericType<Float> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(Float value, ValueWriter out) {
      out.writeFloat(value);
    }

    @Override
    public @Nullable Float decode(byte[] bytes, int offset, int length) {
      return FixedLength.isEmpty(length, Float.BYTES)
          ? null
          : Float.intBitsToFloat(BigEndian.getInt(bytes, offset));
    }
  }

  record DoubleCodec() implements TypeCodec<Double> {

    private static final GenericType<Double> JAVA_TYPE = GenericType.of(Double.class);

    @Override
    public DataType cqlType() {
      return PrimitiveType.DOUBLE;
    }

    @Override
    public GenericType<Double> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(Double value, ValueWriter out) {
      out.writeDouble(value);
    }

    @Override
    public @Nullable Double decode(byte[] bytes, int offset, int length) {
      return FixedLength.isEmpty(length, Double.BYTES)
          ? null
          : Double.longBitsToDouble(BigEndian.getLong(bytes, offset));
    }
  }
}
