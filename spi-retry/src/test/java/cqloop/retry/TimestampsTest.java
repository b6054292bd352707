package cqloop.retry;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.spi.TimestampGenerator;
import cqloop.testkit.tck.TckContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimestampsTest {

  private final TckContext context = TckContext.create();
  private final List<String> warnings = new ArrayList<>();

  @Test
  void clockCountsMicrosecondsBetweenMilliseconds() {
    MicroClock clock = new MicroClock(context::currentTimeMillis, context::nanoTime);
    long start = clock.micros();
    assertThat(start).isEqualTo(TckContext.START_MILLIS * 1000);
    context.advanceNanos(123_456);
    assertThat(clock.micros() - start).isEqualTo(123);
  }

  @Test
  void clockKeepsItsMicrosecondsWhenTheSystemAgrees() {
    MicroClock clock = new MicroClock(context::currentTimeMillis, context::nanoTime);
    context.advanceNanos(1_000_300_000);
    assertThat(clock.micros() - TckContext.START_MILLIS * 1000).isEqualTo(1_000_300);
  }

  @Test
  void clockCountsMicrosecondsAfterItWasBroughtTogetherToo() {
    MicroClock clock = new MicroClock(context::currentTimeMillis, context::nanoTime);
    long start = clock.micros();
    for (int second = 1; second <= 3; second++) {
      context.advanceNanos(999_999_000);
      assertThat(clock.micros() - start).isBetween(second * 1_000_000L - 10, second * 1_000_000L);
      context.advanceNanos(1_000);
      assertThat(clock.micros() - start).isBetween(second * 1_000_000L - 9, second * 1_000_000L);
    }
  }

  @Test
  void clockFollowsTheSystemWithinASecond() {
    MicroClock clock = new MicroClock(context::currentTimeMillis, context::nanoTime);
    context.shiftClockMillis(50).advanceMillis(999);
    assertThat(clock.micros()).isEqualTo((TckContext.START_MILLIS + 999) * 1000);
    context.advanceMillis(1);
    assertThat(clock.micros()).isEqualTo((TckContext.START_MILLIS + 1050) * 1000);
  }

  @Test
  void givesTheTimeOnceThenOneMore() {
    TimestampGenerator generator = new MonotonicTimestampsProvider().create(context);
    long first = generator.next();
    assertThat(first).isEqualTo(TckContext.START_MILLIS * 1000);
    assertThat(generator.next()).isEqualTo(first + 1);
    assertThat(generator.next()).isEqualTo(first + 2);
    context.advanceMillis(1);
    assertThat(generator.next()).isEqualTo(first + 1000);
  }

  @Test
  void loopsOfASessionShareTheOrder() {
    TimestampGenerator one = new MonotonicTimestampsProvider().create(context);
    TimestampGenerator other =
        new MonotonicTimestampsProvider().create(context.sibling(context.config()));
    long first = one.next();
    assertThat(other.next()).isEqualTo(first + 1);
    assertThat(one.next()).isEqualTo(first + 2);
  }

  @Test
  void loopsDoNotShareTheOrderWhenTheyNeedNot() {
    TimestampGenerator one = new MonotonicLoopTimestampsProvider().create(context);
    TimestampGenerator other = new MonotonicLoopTimestampsProvider().create(context);
    assertThat(other.next()).isEqualTo(one.next());
  }

  @Test
  void warnsWhenTimestampsRunAheadButNotAllTheTime() {
    TimestampGenerator generator = generator(1000, 10_000);
    long first = generator.next();
    context.shiftClockMillis(-5000).advanceMillis(2000);
    assertThat(generator.next()).isEqualTo(first + 1);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).startsWith("Write timestamps are 3000 ms ahead of the clock");
    context.advanceMillis(500);
    assertThat(generator.next()).isEqualTo(first + 2);
    assertThat(warnings).hasSize(1);
    context.shiftClockMillis(-60_000).advanceMillis(10_000);
    assertThat(generator.next()).isEqualTo(first + 3);
    assertThat(warnings).hasSize(2);
  }

  @Test
  void doesNotWarnBelowTheThreshold() {
    TimestampGenerator generator = generator(3000, 0);
    long first = generator.next();
    context.shiftClockMillis(-4999).advanceMillis(2000);
    assertThat(generator.next()).isEqualTo(first + 1);
    assertThat(warnings).isEmpty();
  }

  @Test
  void neverWarnsWhenTold() {
    TimestampGenerator generator = generator(0, 0);
    long first = generator.next();
    context.shiftClockMillis(-50_000).advanceMillis(2000);
    assertThat(generator.next()).isEqualTo(first + 1);
    assertThat(warnings).isEmpty();
  }

  private TimestampGenerator generator(long thresholdMillis, long intervalMillis) {
    return new MonotonicTimestamps(
        new TimestampOrder(),
        new MicroClock(context::currentTimeMillis, context::nanoTime),
        context::nanoTime,
        new MonotonicTimestamps.DriftWarning(
            thresholdMillis * 1000, intervalMillis * 1_000_000, warnings::add));
  }
}
