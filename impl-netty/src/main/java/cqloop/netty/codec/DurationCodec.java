package cqloop.netty.codec;

import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.CqlDuration;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value. duration: months, days and nanoseconds as signed vints. */
record DurationCodec() implements TypeCodec<CqlDuration> {

  private static final GenericType<CqlDuration> JAVA_TYPE = GenericType.of(CqlDuration.class);

  static List<TypeCodec<?>> all() {
    DurationCodec base = new DurationCodec();
    return List.of(
        base,
        ConvertedCodec.of(
            base,
            Duration.class,
            CqlDuration::toDuration,
            (Duration value) -> CqlDuration.of(value),
            "it has months or days, which have no fixed length, or is too long"),
        ConvertedCodec.of(
            base,
            Period.class,
            CqlDuration::toPeriod,
            (Period value) -> CqlDuration.of(value),
            "it has a time of day, mixed signs, or too many months"),
        ConvertedCodec.of(
            base,
            String.class,
            CqlDuration::toString,
            CqlDuration::parse,
            "it is not the text of a duration such as 1mo2d3h"));
  }

  @Override
  public DataType cqlType() {
    return PrimitiveType.DURATION;
  }

  @Override
  public GenericType<CqlDuration> javaType() {
    return JAVA_TYPE;
  }

  @Override
  public void encode(CqlDuration value, ValueWriter out) {
    Vints.writeSigned(out, value.months());
    Vints.writeSigned(out, value.days());
    Vints.writeSigned(out, value.nanos());
  }

  @Override
  public @Nullable CqlDuration decode(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return null;
    }
    int end = offset + length;
    int monthsSize = Vints.sizeAt(bytes, offset, end);
    int daysAt = offset + monthsSize;
    int nanosAt = daysAt + Vints.sizeAt(bytes, daysAt, end);
    if (nanosAt + Vints.sizeAt(bytes, nanosAt, end) != end) {
      throw new BadValue("bytes are left after months, days and nanoseconds");
    }
    return of(
        Vints.readSigned(bytes, offset),
        Vints.readSigned(bytes, daysAt),
        Vints.readSigned(bytes, nanosAt));
  }

  private static CqlDuration of(long months, long days, long nanos) {
    if (months != (int) months || days != (int) days) {
      throw new BadValue("its months or days need more than 32 bits");
    }
    boolean negative = months < 0 || days < 0 || nanos < 0;
    if (negative && (months > 0 || days > 0 || nanos > 0)) {
      throw new BadValue("its parts differ in sign");
    }
    return new CqlDuration((int) months, (int) days, nanos);
  }
}
