package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.spi.ReconnectionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Owned by one test. What every reconnection policy must keep to. */
public abstract class ReconnectionTck {

  private static final int ATTEMPTS = 10_000;
  private static final long WEEK_MILLIS = 7L * 24 * 60 * 60 * 1000;

  /** Returns the policy as a session has it. */
  protected abstract ReconnectionPolicy policy();

  @Test
  public void neverGivesUpAndNeverOverflows() {
    ReconnectionPolicy.Schedule schedule = policy().newSchedule();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      assertThat(schedule.nextDelayMillis())
          .as("delay of attempt %s", attempt)
          .isBetween(0L, WEEK_MILLIS);
    }
  }

  @Test
  public void doesNotConnectInATightLoop() {
    ReconnectionPolicy.Schedule schedule = policy().newSchedule();
    long sum = 0;
    for (int attempt = 0; attempt < 100; attempt++) {
      sum += schedule.nextDelayMillis();
    }
    assertThat(sum).as("time of 100 attempts, in milliseconds").isGreaterThanOrEqualTo(100);
  }

  @Test
  public void beginsAnewForEachOutage() {
    ReconnectionPolicy policy = policy();
    ReconnectionPolicy.Schedule long1 = policy.newSchedule();
    long last = 0;
    for (int attempt = 0; attempt < 1000; attempt++) {
      last = long1.nextDelayMillis();
    }
    // After a long outage the first delay of the next one is not a longer one.
    assertThat(policy.newSchedule().nextDelayMillis()).isLessThanOrEqualTo(Math.max(last, 1) * 2);
    assertThat(policy.newSchedule()).as("a schedule of its own").isNotNull();
  }

  @Test
  public void keepsTheOutagesOfTwoNodesApart() {
    ReconnectionPolicy policy = policy();
    ReconnectionPolicy.Schedule busy = policy.newSchedule();
    ReconnectionPolicy.Schedule quiet = policy.newSchedule();
    long highest = quiet.nextDelayMillis();
    for (int attempt = 0; attempt < 1000; attempt++) {
      busy.nextDelayMillis();
    }
    // What one node went through must not make the second delay of the other a hundredth one.
    assertThat(quiet.nextDelayMillis()).isLessThanOrEqualTo(Math.max(1, highest) * 4);
  }

  @Test
  public void servesSeveralLoops() {
    ReconnectionPolicy policy = policy();
    List<CompletableFuture<Void>> loops = new ArrayList<>();
    for (int loop = 0; loop < 4; loop++) {
      loops.add(
          CompletableFuture.runAsync(
              () -> {
                for (int outage = 0; outage < 1000; outage++) {
                  long delay = policy.newSchedule().nextDelayMillis();
                  assertThat(delay).isBetween(0L, WEEK_MILLIS);
                }
              }));
    }
    CompletableFuture.allOf(loops.toArray(new CompletableFuture<?>[0])).join();
  }
}
