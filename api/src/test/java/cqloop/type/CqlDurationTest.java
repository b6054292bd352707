package cqloop.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.time.temporal.UnsupportedTemporalTypeException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CqlDurationTest {

  @ParameterizedTest
  @CsvSource({
    "1y2mo3w4d5h6m7s8ms9us10ns, 14, 25, 18367008009010",
    "-1y2mo3w4d5h6m7s8ms9us10ns, -14, -25, -18367008009010",
    "12h, 0, 0, 43200000000000",
    "12H30M, 0, 0, 45000000000000",
    "1MO2D, 1, 2, 0",
    "5µs, 0, 0, 5000",
    "5μS, 0, 0, 5000",
    "0s, 0, 0, 0",
    "2w, 0, 14, 0",
    "9223372036854775807ns, 0, 0, 9223372036854775807",
    "-9223372036854775808ns, 0, 0, -9223372036854775808",
    "-2147483648d, 0, -2147483648, 0",
    "P1Y2M3DT4H5M6S, 14, 3, 14706000000000",
    "-P1Y2M3DT4H5M6S, -14, -3, -14706000000000",
    "P2W, 0, 14, 0",
    "PT1M, 0, 0, 60000000000",
    "P1M, 1, 0, 0",
    "PT0.5S, 0, 0, 500000000",
    "-PT1.000000001S, 0, 0, -1000000001",
    "P0001-02-03T04:05:06, 14, 3, 14706000000000",
    "-P0000-00-00T00:00:01, 0, 0, -1000000000",
  })
  void readsEveryTextForm(String text, int months, int days, long nanos) {
    assertThat(CqlDuration.parse(text)).isEqualTo(new CqlDuration(months, days, nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "y",
        "1x",
        "1d1y",
        "1d2d",
        "1s1m",
        "--1d",
        "+1d",
        "1d ",
        "1.5d",
        "P",
        "PT",
        "P1",
        "P1YT",
        "P1D1Y",
        "P1H",
        "PT1D",
        "P1.5Y",
        "PT1.S",
        "PT1.0000000001S",
        "P1Y-2M",
        "P1-02-03T04:05:06",
        "P0001-02-03T04:05:06Z",
        "P0001-02-03",
        "9223372036854775808ns",
        "-9223372036854775809ns",
        "2147483648d",
        "178956971y",
        "99999999999999999999y",
        "1dé"
      })
  void refusesOtherText(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CqlDuration.parse(text))
        .withMessageStartingWith("'" + text + "' is no duration: ");
  }

  @Test
  void boundsTheTextInTheMessage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CqlDuration.parse("x".repeat(100_000)))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(200));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0s, PT0S",
    "14, 25, 18367008009010, 1y2mo25d5h6m7s8ms9us10ns, P1Y2M25DT5H6M7.00800901S",
    "-14, 0, -1, -1y2mo1ns, -P1Y2MT0.000000001S",
    "0, 3, 0, 3d, P3D",
    "0, 0, 61000000000, 1m1s, PT1M1S",
    "-2147483648, -2147483648, -9223372036854775808,"
        + " -178956970y8mo2147483648d2562047h47m16s854ms775us808ns,"
        + " -P178956970Y8M2147483648DT2562047H47M16.854775808S",
  })
  void writesBothForms(int months, int days, long nanos, String cql, String iso) {
    CqlDuration duration = CqlDuration.of(months, days, nanos);

    assertThat(duration).hasToString(cql);
    assertThat(duration.toIsoString()).isEqualTo(iso);
  }

  @Test
  void readsWhatItWrites() {
    Random random = new Random(42);
    for (int i = 0; i < 10_000; i++) {
      int sign = random.nextBoolean() ? 1 : -1;
      CqlDuration duration =
          CqlDuration.of(
              sign * (random.nextInt() >>> (1 + random.nextInt(31))),
              sign * (random.nextInt() >>> (1 + random.nextInt(31))),
              sign * (random.nextLong() >>> (1 + random.nextInt(63))));
      assertThat(CqlDuration.parse(duration.toString())).isEqualTo(duration);
      assertThat(CqlDuration.parse(duration.toIsoString())).isEqualTo(duration);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, -1, 0", "1, 0, -1", "0, -1, 1", "-1, 0, 1"})
  void refusesMixedSigns(int months, int days, long nanos) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CqlDuration.of(months, days, nanos))
        .withMessageContaining("must have one sign");
  }

  @Test
  void convertsToAndFromJavaTime() {
    assertThat(CqlDuration.of(Duration.ofMillis(-5))).isEqualTo(CqlDuration.of(0, 0, -5_000_000));
    assertThat(CqlDuration.of(0, 0, 7).toDuration()).hasNanos(7);
    assertThat(CqlDuration.of(Period.of(1, 2, 3))).isEqualTo(CqlDuration.of(14, 3, 0));
    assertThat(CqlDuration.of(14, 3, 0).toPeriod()).isEqualTo(Period.of(1, 2, 3));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> CqlDuration.of(0, 1, 0).toDuration());
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> CqlDuration.of(0, 1, 1).toPeriod());
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> CqlDuration.of(Duration.ofDays(365 * 300)));
  }

  @Test
  void isAnAmountOfJavaTime() {
    LocalDateTime start = LocalDateTime.of(2024, 1, 31, 0, 0);
    CqlDuration duration = CqlDuration.parse("1mo1d1h");

    assertThat(start.plus(duration)).isEqualTo(LocalDateTime.of(2024, 3, 1, 1, 0));
    assertThat(start.minus(duration)).isEqualTo(LocalDateTime.of(2023, 12, 29, 23, 0));
    assertThat(duration.getUnits())
        .containsExactly(ChronoUnit.MONTHS, ChronoUnit.DAYS, ChronoUnit.NANOS);
    assertThat(duration.get(ChronoUnit.MONTHS)).isEqualTo(1);
    assertThat(duration.get(ChronoUnit.DAYS)).isEqualTo(1);
    assertThat(duration.get(ChronoUnit.NANOS)).isEqualTo(3_600_000_000_000L);
    assertThatExceptionOfType(UnsupportedTemporalTypeException.class)
        .isThrownBy(() -> duration.get(ChronoUnit.HOURS));
  }

  @Test
  void addsNothingToATemporalWithoutThatUnit() {
    java.time.LocalDate day = java.time.LocalDate.of(2024, 1, 1);

    assertThat(day.plus(CqlDuration.of(1, 1, 0))).isEqualTo("2024-02-02");
  }
}
