package cqloop.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.spi.ReconnectionPolicy;
import cqloop.testkit.tck.TckContext;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReconnectionTest {

  @Test
  void constantAlwaysWaitsTheSame() {
    ReconnectionPolicy.Schedule schedule =
        new ConstantReconnectionProvider()
            .create(TckContext.create(new JsonObject().put("delay", 123)))
            .newSchedule();
    assertThat(schedule.nextDelayMillis()).isEqualTo(123);
    assertThat(schedule.nextDelayMillis()).isEqualTo(123);
  }

  @Test
  void exponentialDoublesWithinFifteenPercent() {
    for (int seed = 0; seed < 1000; seed++) {
      ReconnectionPolicy.Schedule schedule =
          new ExponentialReconnection(2000, 60_000, seed).newSchedule();
      assertThat(schedule.nextDelayMillis()).isBetween(2000L, 2280L);
      assertThat(schedule.nextDelayMillis()).isBetween(3400L, 4560L);
      assertThat(schedule.nextDelayMillis()).isBetween(6800L, 9120L);
      assertThat(schedule.nextDelayMillis()).isBetween(13_600L, 18_240L);
      assertThat(schedule.nextDelayMillis()).isBetween(27_200L, 36_480L);
      assertThat(schedule.nextDelayMillis()).isBetween(51_000L, 60_000L);
    }
  }

  @Test
  void exponentialUsesEveryPercentFrom85To114() {
    Set<Long> delays = new HashSet<>();
    for (int seed = 0; seed < 2000; seed++) {
      ReconnectionPolicy.Schedule schedule =
          new ExponentialReconnection(50, 1_000_000, seed).newSchedule();
      assertThat(schedule.nextDelayMillis()).isBetween(50L, 57L);
      delays.add(schedule.nextDelayMillis());
    }
    assertThat(delays).hasSize(30).contains(85L, 114L).doesNotContain(84L, 115L);
  }

  @Test
  void exponentialGivesTheLongestDelayOnceDoublingWouldOverflow() {
    long max = Long.MAX_VALUE;
    // 3 * 2^62 is the last product that 64 bits hold; from there on there is no chance left.
    ReconnectionPolicy.Schedule schedule = new ExponentialReconnection(3, max, 7).newSchedule();
    for (int attempt = 0; attempt <= 62; attempt++) {
      assertThat(schedule.nextDelayMillis()).isBetween(3L, max);
    }
    for (int attempt = 63; attempt < 200; attempt++) {
      assertThat(schedule.nextDelayMillis()).isEqualTo(max);
    }
  }

  @Test
  void exponentialStaysWithinItsLimitsForAnyBase() {
    for (long base : new long[] {1, 2, 7, 1L << 40, Long.MAX_VALUE / 2, Long.MAX_VALUE}) {
      ReconnectionPolicy.Schedule schedule =
          new ExponentialReconnection(base, Long.MAX_VALUE, 1).newSchedule();
      for (int attempt = 0; attempt < 100; attempt++) {
        assertThat(schedule.nextDelayMillis()).isBetween(base, Long.MAX_VALUE);
      }
    }
  }

  @Test
  void exponentialRepeatsItselfWithTheSameSeed() {
    ReconnectionPolicy first = new ExponentialReconnection(10, 10_000, 99);
    ReconnectionPolicy second = new ExponentialReconnection(10, 10_000, 99);
    for (int outage = 0; outage < 10; outage++) {
      ReconnectionPolicy.Schedule one = first.newSchedule();
      ReconnectionPolicy.Schedule other = second.newSchedule();
      for (int attempt = 0; attempt < 20; attempt++) {
        assertThat(one.nextDelayMillis()).isEqualTo(other.nextDelayMillis());
      }
    }
  }

  @Test
  void exponentialDoesNotBringTwoNodesBackTogether() {
    ReconnectionPolicy policy = new ExponentialReconnection(1000, 1_000_000, 5);
    Set<Long> seconds = new HashSet<>();
    for (int node = 0; node < 100; node++) {
      ReconnectionPolicy.Schedule schedule = policy.newSchedule();
      assertThat(schedule.nextDelayMillis()).isGreaterThanOrEqualTo(1000);
      seconds.add(schedule.nextDelayMillis());
    }
    assertThat(seconds).hasSizeGreaterThan(20);
  }

  @Test
  void refusesValuesThatCannotWork() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ExponentialReconnectionProvider()
                    .create(TckContext.create(new JsonObject().put("baseDelay", 0))))
        .withMessage(
            "'baseDelay' is '0'; expected milliseconds as a whole number from 1 to 604800000");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ExponentialReconnectionProvider()
                    .create(TckContext.create(new JsonObject().put("maxDelay", 1999))))
        .withMessageContaining("from 2000 to");
  }
}
