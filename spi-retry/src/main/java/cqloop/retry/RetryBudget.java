package cqloop.retry;

import java.util.function.LongSupplier;

/**
 * Loop-owned. Bounds the retries of one event loop. Tokens flow in at a fixed rate up to a fixed
 * number; each retry takes one. When many requests fail at once, most of the errors go to their
 * callers, and a cluster in trouble does not get the same load a second time.
 */
final class RetryBudget {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final double burst;
  private final LongSupplier nanoTime;

  private double tokens;
  private long filledAt;

  /**
   * @param perSecond retries per second; 0 for no bound
   * @param burst retries at once after a quiet time
   * @param nanoTime a clock that never goes back
   */
  RetryBudget(double perSecond, int burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
    tokens = burst;
    filledAt = nanoTime.getAsLong();
  }

  /** Takes the right to one retry; false when there is none. */
  boolean take() {
    if (perSecond == 0) {
      return true;
    }
    long now = nanoTime.getAsLong();
    tokens = Math.min(burst, tokens + (now - filledAt) / NANOS_PER_SECOND * perSecond);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
