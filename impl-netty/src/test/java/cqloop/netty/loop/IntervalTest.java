package cqloop.netty.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IntervalTest {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  @Test
  void differsByUpToFifteenPercent() {
    assertThat(new Interval(MINUTE, bound -> 0).next()).isEqualTo(TimeUnit.SECONDS.toNanos(51));
    assertThat(new Interval(MINUTE, bound -> bound / 2).next()).isEqualTo(MINUTE);
    assertThat(new Interval(MINUTE, bound -> bound - 1).next())
        .isEqualTo(TimeUnit.SECONDS.toNanos(69));
  }

  @Test
  void ofNoneIsNone() {
    assertThat(new Interval(0, bound -> bound - 1).next()).isZero();
  }

  @Test
  void ofTheLongestOptionIsNoNegativeTime() {
    assertThat(new Interval(TimeUnit.DAYS.toNanos(36_525), bound -> bound - 1).next()).isPositive();
  }
}
