package cqloop.netty.codec;

import cqloop.netty.wire.BigEndian;
import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Value. date, time and timestamp. */
final class TimeCodecs {

  private static final String TOO_FAR = "it is too far from 1970";

  private TimeCodecs() {}

  static List<TypeCodec<?>> all(PrimitiveType type) {
    return switch (type) {
      case DATE -> dates(new DateCodec());
      case TIME -> times(new TimeCodec());
      case TIMESTAMP -> timestamps(new TimestampCodec());
      default -> throw new IllegalArgumentException("Not a type of time: " + type);
    };
  }

  private static List<TypeCodec<?>> dates(TypeCodec<LocalDate> base) {
    return List.of(
        base,
        ConvertedCodec.of(
            base,
            String.class,
            LocalDate::toString,
            LocalDate::parse,
            "it is not an ISO 8601 date such as 2026-01-31"));
  }

  private static List<TypeCodec<?>> times(TypeCodec<LocalTime> base) {
    return List.of(
        base,
        ConvertedCodec.of(
            base,
            String.class,
            LocalTime::toString,
            LocalTime::parse,
            "it is not an ISO 8601 time such as 23:59:59.5"));
  }

  private static List<TypeCodec<?>> timestamps(TypeCodec<Instant> base) {
    return List.of(
        base,
        ConvertedCodec.of(base, Long.class, Instant::toEpochMilli, Instant::ofEpochMilli, TOO_FAR),
        ConvertedCodec.of(
            base,
            OffsetDateTime.class,
            instant -> instant.atOffset(ZoneOffset.UTC),
            OffsetDateTime::toInstant,
            TOO_FAR),
        ConvertedCodec.of(
            base,
            ZonedDateTime.class,
            instant -> instant.atZone(ZoneOffset.UTC),
            ZonedDateTime::toInstant,
            TOO_FAR),
        ConvertedCodec.of(base, Date.class, Date::from, TimeCodecs::toInstant, TOO_FAR),
        ConvertedCodec.of(
            base,
            String.class,
            Instant::toString,
            Instant::parse,
            "it is not an ISO 8601 instant such as 2026-01-31T23:59:59Z"));
  }

  /** Unlike {@link Date#toInstant} it takes the dates and times of java.sql too. */
  private static Instant toInstant(Date date) {
    return Instant.ofEpochMilli(date.getTime());
  }

  /** Days as an unsigned number, in which 1970-01-01 is 2^31. */
  record DateCodec() implements TypeCodec<LocalDate> {

    private static final GenericType<LocalDate> JAVA_TYPE = GenericType.of(LocalDate.class);

    @Override
    public DataType cqlType() {
      return PrimitiveType.DATE;
    }

    @Override
    public GenericType<LocalDate> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(LocalDate value, ValueWriter out) {
      long days = value.toEpochDay();
      if (days != (int) days) {
        throw new BadValue(TOO_FAR);
      }
      out.writeInt((int) days ^ Integer.MIN_VALUE);
    }

    @Override
    public @Nullable LocalDate decode(byte[] bytes, int offset, int length) {
      return FixedLength.isEmpty(length, Integer.BYTES)
          ? null
          : LocalDate.ofEpochDay(BigEndian.getInt(bytes, offset) ^ Integer.MIN_VALUE);
    }
  }

  /** Nanoseconds of the day. */
  record TimeCodec() implements TypeCodec<LocalTime> {

    private static final GenericType<LocalTime> JAVA_TYPE = GenericType.of(LocalTime.class);
    private static final long NANOS_OF_DAY = 86_400_000_000_000L;

    @Override
    public DataType cqlType() {
      return PrimitiveType.TIME;
    }

    @Override
    public GenericType<LocalTime> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(LocalTime value, ValueWriter out) {
      out.writeLong(value.toNanoOfDay());
    }

    @Override
    public @Nullable LocalTime decode(byte[] bytes, int offset, int length) {
      if (FixedLength.isEmpty(length, Long.BYTES)) {
        return null;
      }
      long nanos = BigEndian.getLong(bytes, offset);
      if (nanos < 0 || nanos >= NANOS_OF_DAY) {
        throw new BadValue("it is not within a day");
      }
      return LocalTime.ofNanoOfDay(nanos);
    }
  }

  /** Milliseconds since 1970; a finer instant is cut to the millisecond before it. */
  record TimestampCodec() implements TypeCodec<Instant> {

    private static final GenericType<Instant> JAVA_TYPE = GenericType.of(Instant.class);

    @Override
    public DataType cqlType() {
      return PrimitiveType.TIMESTAMP;
    }

    @Override
    public GenericType<Instant> javaType() {
      return JAVA_TYPE;
    }

    @Override
    public void encode(Instant value, ValueWriter out) {
      out.writeLong(millisOf(value));
    }

    static long millisOf(Instant value) {
      try {
        return value.toEpochMilli();
      } catch (ArithmeticException overflow) {
        throw new BadValue(TOO_FAR);
      }
    }

    @Override
    public @Nullable Instant decode(byte[] bytes, int offset, int length) {
      return FixedLength.isEmpty(length, Long.BYTES)
          ? null
          : Instant.ofEpochMilli(BigEndian.getLong(bytes, offset));
    }
  }
}
