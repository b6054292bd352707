package cqloop.type;

import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.time.temporal.TemporalUnit;
import java.time.temporal.UnsupportedTemporalTypeException;
import java.util.List;

/**
 * Value. A CQL duration: months, days and nanoseconds, kept apart because neither months nor days
 * have a fixed length. All three are at least 0, or all three are at most 0.
 *
 * @param months months, years counted as 12
 * @param days days, weeks counted as 7
 * @param nanos nanoseconds, hours and minutes counted in
 */
public record CqlDuration(int months, int days, long nanos) implements TemporalAmount {

  /** No time at all. */
  public static final CqlDuration ZERO = new CqlDuration(0, 0, 0);

  private static final List<TemporalUnit> UNITS =
      List.of(ChronoUnit.MONTHS, ChronoUnit.DAYS, ChronoUnit.NANOS);

  /**
   * @throws IllegalArgumentException when one part is above 0 and another below
   */
  public CqlDuration {
    if ((months < 0 || days < 0 || nanos < 0) && (months > 0 || days > 0 || nanos > 0)) {
      throw new IllegalArgumentException(
          "Months, days and nanoseconds of a duration must have one sign: %s, %s, %s"
              .formatted(months, days, nanos));
    }
  }

  /** Returns a duration of these parts. */
  public static CqlDuration of(int months, int days, long nanos) {
    return new CqlDuration(months, days, nanos);
  }

  /**
   * Returns a duration without months and days.
   *
   * @throws ArithmeticException when it is longer than 292 years
   */
  public static CqlDuration of(Duration duration) {
    return new CqlDuration(0, 0, duration.toNanos());
  }

  /**
   * Returns a duration without nanoseconds.
   *
   * @throws ArithmeticException when its years and months are too many for an int
   * @throws IllegalArgumentException when its months and days differ in sign
   */
  public static CqlDuration of(Period period) {
    int days = Math.toIntExact(period.get(ChronoUnit.DAYS));
    return new CqlDuration(Math.toIntExact(period.toTotalMonths()), days, 0);
  }

  /**
   * Reads any of the text forms of CQL, with a minus in front for a negative duration:
   *
   * <ul>
   *   <li>{@code 1y2mo3w4d5h6m7s8ms9us10ns}: units in this order, each at most once, in any case;
   *       {@code µs} for {@code us}
   *   <li>{@code P1Y2M3DT4H5M6S} or {@code P3W}: ISO 8601 with designators; unlike CQL this takes a
   *       fraction of the seconds too
   *   <li>{@code P0001-02-03T04:05:06}: ISO 8601, alternative form
   * </ul>
   *
   * @throws IllegalArgumentException when the text has none of these forms or is too long a time
   */
  public static CqlDuration parse(String text) {
    return new CqlDurationParser(text).parse();
  }

  /** Tells whether any part is below 0. */
  public boolean isNegative() {
    return months < 0 || days < 0 || nanos < 0;
  }

  /**
   * Returns this as a Java duration.
   *
   * @throws ArithmeticException when there are months or days: they have no fixed length
   */
  public Duration toDuration() {
    if (months != 0 || days != 0) {
      throw new ArithmeticException("Months and days have no fixed length: " + this);
    }
    return Duration.ofNanos(nanos);
  }

  /**
   * Returns this as a Java period.
   *
   * @throws ArithmeticException when there are nanoseconds: a period has none
   */
  public Period toPeriod() {
    if (nanos != 0) {
      throw new ArithmeticException("A period has no time of day: " + this);
    }
    return Period.of(months / 12, months % 12, days);
  }

  @Override
  public long get(TemporalUnit unit) {
    if (unit == ChronoUnit.MONTHS) {
      return months;
    }
    if (unit == ChronoUnit.DAYS) {
      return days;
    }
    if (unit == ChronoUnit.NANOS) {
      return nanos;
    }
    throw new UnsupportedTemporalTypeException("A CQL duration has no unit " + unit);
  }

  @Override
  public List<TemporalUnit> getUnits() {
    return UNITS;
  }

  /** Adds months, then days, then nanoseconds; parts that are 0 are not touched. */
  @Override
  public Temporal addTo(Temporal temporal) {
    Temporal sum = months == 0 ? temporal : temporal.plus(months, ChronoUnit.MONTHS);
    sum = days == 0 ? sum : sum.plus(days, ChronoUnit.DAYS);
    return nanos == 0 ? sum : sum.plus(nanos, ChronoUnit.NANOS);
  }

  /** Subtracts months, then days, then nanoseconds; parts that are 0 are not touched. */
  @Override
  public Temporal subtractFrom(Temporal temporal) {
    Temporal rest = months == 0 ? temporal : temporal.minus(months, ChronoUnit.MONTHS);
    rest = days == 0 ? rest : rest.minus(days, ChronoUnit.DAYS);
    return nanos == 0 ? rest : rest.minus(nanos, ChronoUnit.NANOS);
  }

  /** Returns this in ISO 8601 with designators, for example {@code -P1Y2M3DT4H5M6.007S}. */
  public String toIsoString() {
    return CqlDurationPrinter.iso(this);
  }

  /** Returns this as CQL writes it, for example {@code -1y2mo3d4h5m6s7ms8us9ns}. */
  @Override
  public String toString() {
    return CqlDurationPrinter.cql(this);
  }
}
