package cqloop.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.metadata.Node;
import cqloop.spi.SpeculativeExecutionPolicy;
import cqloop.testkit.tck.TckContext;
import cqloop.testkit.tck.TckNodes;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpeculationTest {

  private static final Node NODE = TckNodes.node(0, "dc1", "r1");

  @Test
  void noneNeverSpeculates() {
    assertThat(new NoSpeculationProvider().create(TckContext.create()).nextDelayNanos(null, 0))
        .isNegative();
  }

  @Test
  void constantStartsAdditionalAttempts() {
    SpeculativeExecutionPolicy policy =
        new ConstantSpeculationProvider()
            .create(TckContext.create(new JsonObject().put("delay", 100).put("maxExecutions", 2)));
    assertThat(policy.nextDelayNanos(null, 0)).isEqualTo(100_000_000);
    assertThat(policy.nextDelayNanos(NODE, 1)).isEqualTo(100_000_000);
    assertThat(policy.nextDelayNanos(NODE, 2)).isNegative();
  }

  @Test
  void constantStartsAtOnceWhenTheDelayIsZero() {
    SpeculativeExecutionPolicy policy =
        new ConstantSpeculationProvider()
            .create(TckContext.create(new JsonObject().put("delay", 0)));
    assertThat(policy.nextDelayNanos(NODE, 0)).isZero();
    assertThat(policy.nextDelayNanos(NODE, 1)).isNegative();
  }

  @Test
  void constantNeedsItsDelay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConstantSpeculationProvider().create(TckContext.create()))
        .withMessage("'delay' is missing; expected milliseconds as a whole number");
  }

  @Test
  void percentileWaitsForEnoughSamples() {
    TckContext context = TckContext.create(new JsonObject().put("minSamples", 50));
    SpeculativeExecutionPolicy policy = new PercentileSpeculationProvider().create(context);
    record(policy, 49, 5);
    assertThat(policy.nextDelayNanos(NODE, 0)).isNegative();
    record(policy, 1, 5);
    context.advanceMillis(1000);
    assertThat(policy.nextDelayNanos(NODE, 0)).isBetween(5_000_000L, 5_200_000L);
    assertThat(policy.nextDelayNanos(NODE, 1)).isNegative();
  }

  @Test
  void percentileFollowsTheSlowest() {
    TckContext context = TckContext.create(new JsonObject().put("percentile", 95));
    SpeculativeExecutionPolicy policy = new PercentileSpeculationProvider().create(context);
    record(policy, 94, 1);
    record(policy, 6, 80);
    assertThat(policy.nextDelayNanos(NODE, 0)).isBetween(80_000_000L, 83_000_000L);
    record(policy, 10_000, 1);
    assertThat(policy.nextDelayNanos(NODE, 0)).isGreaterThan(79_000_000L);
    context.advanceMillis(1000);
    assertThat(policy.nextDelayNanos(NODE, 0)).isBetween(1_000_000L, 1_040_000L);
  }

  @Test
  void percentileForgetsAfterTheWindow() {
    TckContext context = TckContext.create();
    SpeculativeExecutionPolicy policy = new PercentileSpeculationProvider().create(context);
    record(policy, 1000, 5);
    context.advanceMillis(29_999);
    assertThat(policy.nextDelayNanos(NODE, 0)).isPositive();
    context.advanceMillis(15_000);
    assertThat(policy.nextDelayNanos(NODE, 0)).isPositive();
    context.advanceMillis(16_000);
    assertThat(policy.nextDelayNanos(NODE, 0)).isNegative();
  }

  @Test
  void percentileOfAWindowHasNothingOfTheOneBeforeTheLast() {
    TckContext context = TckContext.create();
    RecentLatencies latencies = new RecentLatencies(60_000_000_000L, context::nanoTime);
    for (int i = 0; i < 100; i++) {
      latencies.record(1_000_000);
    }
    context.advanceMillis(30_000);
    latencies.record(2_000_000);
    context.advanceMillis(30_000);
    latencies.record(4_000_000);
    assertThat(latencies.count()).isEqualTo(2);
    assertThat(latencies.percentile(1)).isBetween(2_000_000L, 2_070_000L);
    assertThat(latencies.percentile(100)).isBetween(4_000_000L, 4_130_000L);
  }

  @Test
  void percentileIsNeverBelowTheShortestDelay() {
    TckContext context = TckContext.create(new JsonObject().put("minDelay", 20));
    SpeculativeExecutionPolicy policy = new PercentileSpeculationProvider().create(context);
    record(policy, 1000, 5);
    assertThat(policy.nextDelayNanos(NODE, 0)).isEqualTo(20_000_000);
  }

  @Test
  void histogramIsNeverMoreThanAThirtyFirstTooHigh() {
    for (long micros = 1; micros < 1L << 35; micros = micros * 17 / 16 + 1) {
      RecentLatencies latencies = new RecentLatencies(1_000_000, () -> 0);
      latencies.record(TimeUnit.MICROSECONDS.toNanos(micros));
      long nanos = latencies.percentile(100);
      assertThat(nanos).isBetween(micros * 1000, micros * 1000 + micros * 1000 / 31);
    }
  }

  private static void record(SpeculativeExecutionPolicy policy, int times, long millis) {
    for (int i = 0; i < times; i++) {
      policy.onLatency(NODE, TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }
}
