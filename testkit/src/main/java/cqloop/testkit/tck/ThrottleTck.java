package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.spi.Throttle;
import org.junit.jupiter.api.Test;

/** Owned by one test. What every throttle must keep to. */
public abstract class ThrottleTck {

  private static final int REQUESTS = 1000;
  private static final int MOST_WAITING = 1_048_576;
  private static final long LONGEST_NANOS = 1_000_000_000_000L; // A thousand seconds.

  /** Returns the policy as an event loop has it. */
  protected abstract Throttle policy();

  /** Lets so much time pass for the policy that {@link #policy} returned last. */
  protected abstract void advanceNanos(long nanos);

  @Test
  public void boundsWhoWaits() {
    assertThat(policy().maxWaiting()).isBetween(0, MOST_WAITING);
  }

  @Test
  public void letsTheFirstRequestBeginAtOnce() {
    assertThat(policy().tryBegin()).isZero();
  }

  @Test
  public void neverStopsRequestsThatComeOneAfterTheOther() {
    Throttle throttle = policy();
    for (int i = 0; i < REQUESTS; i++) {
      long wait = throttle.tryBegin();
      assertThat(wait).as("wait of request %s while none runs", i).isBetween(0L, LONGEST_NANOS);
      if (wait > 0) {
        advanceNanos(wait);
        // Time comes in steps, so a part of a step may still be missing.
        wait = throttle.tryBegin();
        assertThat(wait).as("second wait of request %s", i).isBetween(0L, 1_000_000L);
        advanceNanos(wait);
        assertThat(wait == 0 ? 0 : throttle.tryBegin()).as("third wait of request %s", i).isZero();
      }
      throttle.onEnd();
    }
  }

  @Test
  public void whoAsksInVainTakesNothing() {
    Throttle throttle = policy();
    int begun = 0;
    long wait = throttle.tryBegin();
    while (wait == 0 && begun < REQUESTS) {
      begun++;
      wait = throttle.tryBegin();
    }
    for (int i = 0; i < REQUESTS && wait != 0; i++) {
      assertThat(throttle.tryBegin()).as("asked again at the same moment").isEqualTo(wait);
    }
    for (int i = 0; i < begun; i++) {
      throttle.onEnd();
    }
    if (wait > 0) {
      advanceNanos(wait + 1_000_000);
    }
    assertThat(throttle.tryBegin()).as("after all have ended").isZero();
  }

  @Test
  public void knowsNoOtherNegativeAnswer() {
    Throttle throttle = policy();
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(throttle.tryBegin()).isBetween(Throttle.AFTER_AN_END, LONGEST_NANOS);
    }
  }
}
