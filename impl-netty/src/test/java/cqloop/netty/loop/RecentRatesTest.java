package cqloop.netty.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentRatesTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** The clock of a loop may be negative. */
  private static final long START = -1000 * SECOND;

  private final RecentRates rates = new RecentRates(START);

  @Test
  void reachesTheRateAndForgetsItWithItsTime() {
    happenTenTimesASecond(0, 3600);
    long now = START + 3600 * SECOND;
    assertThat(rates.count()).isEqualTo(36_000);
    assertThat(rates.mean(now)).isCloseTo(10, within(0.01));
    assertThat(rates.oneMinute(now)).isCloseTo(10, within(0.1));
    assertThat(rates.fiveMinutes(now)).isCloseTo(10, within(0.1));
    assertThat(rates.fifteenMinutes(now)).isCloseTo(10, within(0.5));

    long later = now + 60 * SECOND;
    // Nothing happens: after its time an average has fallen to 1/e.
    assertThat(rates.oneMinute(later)).isCloseTo(10 / Math.E, within(0.4));
    assertThat(rates.fiveMinutes(later)).isCloseTo(10 * Math.exp(-0.2), within(0.4));
    assertThat(rates.oneMinute(now + 86_400 * SECOND)).isCloseTo(0, within(1e-9));
  }

  @Test
  void readersSeeWhatTheNextTickWouldSay() {
    happenTenTimesASecond(0, 5);
    long now = START + 5 * SECOND;
    double seen = rates.oneMinute(now);
    assertThat(seen).isPositive();
    rates.add(now);
    assertThat(rates.oneMinute(now)).isEqualTo(seen);
  }

  @Test
  void isNothingAtFirst() {
    assertThat(rates.mean(START)).isZero();
    assertThat(rates.oneMinute(START)).isZero();
    assertThat(rates.fifteenMinutes(START + 60 * SECOND)).isZero();
  }

  private void happenTenTimesASecond(int fromSecond, int toSecond) {
    for (int second = fromSecond; second < toSecond; second++) {
      for (int i = 0; i < 10; i++) {
        rates.add(START + second * SECOND + i * SECOND / 10);
      }
    }
  }
}
