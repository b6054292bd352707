package cqloop.retry;

import cqloop.spi.Throttle;
import java.util.function.LongSupplier;

/**
 * Loop-owned. Bounds how many requests of one event loop begin in a second. Tokens flow in at a
 * fixed rate up to a fixed number; each request takes one.
 */
final class RateThrottle implements Throttle {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final int burst;
  private final int maxWaiting;
  private final LongSupplier nanoTime;
  private double tokens;
  private long filledAt;

  /**
   * @param burst tokens after a quiet time, 1 or more
   * @param nanoTime a clock that never goes back
   */
  RateThrottle(double perSecond, int burst, int maxWaiting, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.maxWaiting = maxWaiting;
    this.nanoTime = nanoTime;
    tokens = burst;
    filledAt = nanoTime.getAsLong();
  }

  @Override
  public long tryBegin() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(burst, tokens + (now - filledAt) / NANOS_PER_SECOND * perSecond);
    filledAt = now;
    if (tokens < 1) {
      return Math.max(1, (long) Math.ceil((1 - tokens) / perSecond * NANOS_PER_SECOND));
    }
    tokens--;
    return 0;
  }

  @Override
  public int maxWaiting() {
    return maxWaiting;
  }
}
