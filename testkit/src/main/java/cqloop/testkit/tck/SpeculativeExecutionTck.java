package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.metadata.Node;
import cqloop.spi.SpeculativeExecutionPolicy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Owned by one test. What every policy of speculative execution must keep to. */
public abstract class SpeculativeExecutionTck {

  private static final int ENDLESS = 1000;
  private static final Node NODE = TckNodes.node(0, "dc1", "r1");

  /** Returns the policy as a session has it, new for each call. */
  protected abstract SpeculativeExecutionPolicy policy();

  /** Makes the policy ready to speculate where it needs more than latencies, such as time. */
  protected void prepare(SpeculativeExecutionPolicy policy) {}

  @Test
  public void neverFloodsTheCluster() {
    SpeculativeExecutionPolicy policy = warm(1_000_000);
    int started = 0;
    while (started < ENDLESS && policy.nextDelayNanos(NODE, started) >= 0) {
      started++;
    }
    assertThat(started).as("speculative attempts of one request").isLessThan(ENDLESS);
  }

  @Test
  public void doesNotBeginAgainOnceItStopped() {
    SpeculativeExecutionPolicy policy = warm(1_000_000);
    boolean stopped = false;
    for (int started = 0; started < ENDLESS; started++) {
      boolean stops = policy.nextDelayNanos(NODE, started) < 0;
      assertThat(stops || !stopped).as("attempt %s after it said stop", started).isTrue();
      stopped = stops;
    }
  }

  @Test
  public void countsEachRequestForItself() {
    SpeculativeExecutionPolicy policy = warm(1_000_000);
    boolean first = policy.nextDelayNanos(NODE, 0) >= 0;
    for (int request = 0; request < ENDLESS; request++) {
      assertThat(policy.nextDelayNanos(NODE, 0) >= 0).isEqualTo(first);
    }
  }

  @Test
  public void takesAnyLatency() {
    SpeculativeExecutionPolicy policy = policy();
    for (long latency : new long[] {0, 1, 999, 1_000_000, Long.MAX_VALUE / 2, Long.MAX_VALUE}) {
      for (int i = 0; i < 200; i++) {
        policy.onLatency(NODE, latency);
      }
      assertThat(policy.nextDelayNanos(null, 0)).isLessThanOrEqualTo(TimeUnit.DAYS.toNanos(7));
    }
  }

  private SpeculativeExecutionPolicy warm(long latencyNanos) {
    SpeculativeExecutionPolicy policy = policy();
    for (int i = 0; i < 10_000; i++) {
      policy.onLatency(NODE, latencyNanos);
    }
    prepare(policy);
    return policy;
  }
}
