package cqloop.loadbalancing;

import static cqloop.loadbalancing.Clusters.plan;
import static cqloop.loadbalancing.Clusters.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cqloop.Consistency;
import cqloop.error.Overloaded;
import cqloop.error.RequestTimeout;
import cqloop.error.SyntaxError;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.testkit.tck.TckContext;
import cqloop.testkit.tck.TckRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyAwarePolicyTest {

  private static final TckRequest ANY = TckRequest.unrouted().at(Consistency.ONE);
  private static final Topology CLUSTER = Clusters.of("a/r", "a/r", "a/r");
  private static final LatencySettings DEFAULTS =
      new LatencySettings(2.0, 100_000_000, 10_000_000_000L, 100_000_000, 50);
  private static final JsonObject OVER_ALL =
      new JsonObject().put("policy", new JsonObject().put("name", "round-robin"));

  private final TckContext context = TckContext.create(OVER_ALL);

  @Test
  void averageFollowsTheFormula() {
    NodeLatency latency = new NodeLatency();
    long now = 0;
    // 30 percent of 50: the first 15 are only counted.
    for (int i = 0; i < 15; i++) {
      latency.add(999_000_000, now += 1_000_000, DEFAULTS);
      assertThat(latency.value().average()).isNegative();
    }
    latency.add(10_000_000, now += 1_000_000, DEFAULTS);
    assertThat(latency.value().average()).isEqualTo(10_000_000);
    assertThat(latency.value().count()).isEqualTo(16);
    latency.add(20_000_000, now += 50_000_000, DEFAULTS);
    // s = 0.5, weight of the past = ln(1.5) / 0.5 = 0.8109302162.
    assertThat(latency.value().average()).isCloseTo(11_890_697.838, within(0.01));
    latency.add(5_000_000, now += 300_000_000, DEFAULTS);
    // s = 3, weight of the past = ln(4) / 3 = 0.4620981204.
    assertThat(latency.value().average()).isCloseTo(8_184_178.5, within(0.5));
  }

  /** Each with another value than its default; the figures are worked out by hand. */
  @Test
  void itsFiveSettingsCount() {
    JsonObject config =
        OVER_ALL
            .copy()
            .put("exclusionThreshold", 1.5)
            .put("scale", 200)
            .put("retryPeriod", 1000)
            .put("updateRate", 50)
            .put("minMeasured", 10);
    TckContext configured = context.sibling(config);
    LoadBalancingPolicy policy = policy(new LatencyAwareProvider(), configured, CLUSTER);
    measure(policy, 0, 10, 10);
    measure(policy, 1, 10, 15);
    measure(policy, 2, 10, 16);
    // 30 ms have passed: the lowest is looked for every 50.
    assertThat(firsts(policy)).contains(0, 1, 2);
    context.advanceMillis(20);
    assertThat(firsts(policy)).as("15 is not above 1.5 times 10, but 16 is").contains(0, 1);
    assertThat(firsts(policy)).doesNotContain(2);
    context.advanceMillis(978);
    measure(policy, 0, 1, 10);
    assertThat(firsts(policy)).as("a second later").doesNotContain(2);
    context.advanceMillis(2);
    assertThat(firsts(policy)).as("tried again").contains(2);

    LatencySettings settings = new LatencySettings(1.5, 200_000_000, 1_000_000_000, 50_000_000, 10);
    NodeLatency latency = new NodeLatency();
    for (int i = 1; i <= 3; i++) {
      latency.add(999_000_000, i, settings);
      assertThat(latency.value().average()).isNegative();
    }
    latency.add(10_000_000, 1_000_000, settings);
    latency.add(20_000_000, 101_000_000, settings);
    // s = 100 / 200, weight of the past = ln(1.5) / 0.5 = 0.8109302162.
    assertThat(latency.value().average()).isCloseTo(11_890_697.838, within(0.01));
  }

  @Test
  void averageDropsWhatIsNotLater() {
    NodeLatency latency = new NodeLatency();
    for (int i = 1; i <= 20; i++) {
      latency.add(10_000_000, i, DEFAULTS);
    }
    NodeLatency.Value before = latency.value();
    latency.add(99_000_000, 20, DEFAULTS);
    latency.add(99_000_000, 19, DEFAULTS);
    assertThat(latency.value()).isSameAs(before);
  }

  @Test
  void putsASlowNodeBehindAndKeepsTheOrderOfTheOthers() {
    LoadBalancingPolicy policy = policy(new LatencyAwareProvider(), context, CLUSTER);
    measure(policy, 0, 60, 10);
    measure(policy, 1, 60, 21);
    measure(policy, 2, 60, 19);
    context.advanceMillis(100);
    for (int i = 0; i < 9; i++) {
      List<Integer> plan = plan(policy, ANY);
      assertThat(plan).hasSize(3);
      assertThat(plan.get(2)).isEqualTo(1);
      assertThat(plan.subList(0, 2)).containsExactlyInAnyOrder(0, 2);
    }
  }

  @Test
  void triesASlowNodeAgainAfterTheRetryPeriod() {
    LoadBalancingPolicy policy = policy(new LatencyAwareProvider(), context, CLUSTER);
    measure(policy, 1, 60, 100);
    measure(policy, 0, 60, 10);
    measure(policy, 2, 60, 10);
    context.advanceMillis(9_000);
    assertThat(firsts(policy)).doesNotContain(1);
    context.advanceMillis(1_500);
    measure(policy, 0, 1, 10);
    measure(policy, 2, 1, 10);
    assertThat(firsts(policy)).contains(1);
  }

  @Test
  void doesNotJudgeBeforeEnoughAnswers() {
    LoadBalancingPolicy policy = policy(new LatencyAwareProvider(), context, CLUSTER);
    measure(policy, 0, 60, 10);
    measure(policy, 1, 49, 500);
    context.advanceMillis(100);
    assertThat(firsts(policy)).contains(1);
    measure(policy, 1, 1, 500);
    assertThat(firsts(policy)).doesNotContain(1);
  }

  @Test
  void quickRefusalsDoNotMakeANodeLookFast() {
    LoadBalancingPolicy policy = policy(new LatencyAwareProvider(), context, CLUSTER);
    measure(policy, 0, 60, 10);
    for (int i = 0; i < 100; i++) {
      context.advanceMillis(1);
      policy.onAttempt(CLUSTER.nodes().get(1), 1, new Overloaded("x"));
      policy.onAttempt(CLUSTER.nodes().get(1), 1, new SyntaxError("x"));
    }
    context.advanceMillis(100);
    assertThat(firsts(policy)).contains(0);
  }

  @Test
  void attemptsOutOfTimeCountAsSlow() {
    LoadBalancingPolicy policy = policy(new LatencyAwareProvider(), context, CLUSTER);
    measure(policy, 0, 60, 10);
    for (int i = 0; i < 60; i++) {
      context.advanceMillis(1);
      policy.onAttempt(
          CLUSTER.nodes().get(1),
          2_000_000_000,
          new RequestTimeout(Duration.ofSeconds(2), Duration.ofSeconds(2), List.of(), 1));
    }
    context.advanceMillis(100);
    assertThat(firsts(policy)).doesNotContain(1);
  }

  @Test
  void loopsShareTheirMeasurements() {
    LoadBalancingPolicy one = policy(new LatencyAwareProvider(), context, CLUSTER);
    LoadBalancingPolicy other =
        policy(new LatencyAwareProvider(), context.sibling(OVER_ALL), CLUSTER);
    measure(one, 0, 60, 10);
    measure(one, 1, 60, 100);
    context.advanceMillis(100);
    assertThat(firsts(other)).doesNotContain(1);
    // A profile with other settings has measurements of its own.
    LoadBalancingPolicy third =
        policy(
            new LatencyAwareProvider(),
            context.sibling(OVER_ALL.copy().put("exclusionThreshold", 50)),
            CLUSTER);
    assertThat(firsts(third)).contains(1);
  }

  @Test
  void keepsTheLastLowestWhenNobodyIsMeasured() {
    Latencies latencies = new Latencies(DEFAULTS, 0);
    NodeLatency node = latencies.of(CLUSTER.nodes().get(0));
    for (int i = 1; i <= 60; i++) {
      node.add(7_000_000, i, DEFAULTS);
    }
    latencies.update(99_999_999);
    assertThat(latencies.lowest()).isEqualTo(Latencies.UNKNOWN);
    latencies.update(100_000_000);
    assertThat(latencies.lowest()).isEqualTo(7_000_000);
    latencies.update(20_000_000_000L);
    assertThat(latencies.lowest()).isEqualTo(7_000_000);
    assertThat(latencies.of(CLUSTER.nodes().get(0))).isSameAs(node);
  }

  @Test
  void countsEveryAnswerOfEveryLoop() throws Exception {
    NodeLatency latency = new NodeLatency();
    LatencySettings countAll = new LatencySettings(2, 1, 1, 1, 1_000_000);
    Thread[] loops = new Thread[4];
    for (int i = 0; i < loops.length; i++) {
      loops[i] =
          new Thread(
              () -> {
                for (int n = 0; n < 10_000; n++) {
                  latency.add(1, n, countAll);
                }
              });
      loops[i].start();
    }
    for (Thread loop : loops) {
      loop.join();
    }
    assertThat(latency.value().count()).isEqualTo(40_000);
  }

  private static List<Integer> firsts(LoadBalancingPolicy policy) {
    return List.of(plan(policy, ANY).get(0), plan(policy, ANY).get(0), plan(policy, ANY).get(0));
  }

  private void measure(LoadBalancingPolicy policy, int node, int times, long millis) {
    for (int i = 0; i < times; i++) {
      context.advanceMillis(1);
      policy.onAttempt(CLUSTER.nodes().get(node), millis * 1_000_000, null);
    }
  }
}
