package cqloop.retry;

import cqloop.spi.Throttle;

/** Loop-owned. Bounds how many requests of one event loop run at the same time. */
final class ConcurrencyThrottle implements Throttle {

  private final int maxConcurrent;
  private final int maxWaiting;
  private int running;

  ConcurrencyThrottle(int maxConcurrent, int maxWaiting) {
    this.maxConcurrent = maxConcurrent;
    this.maxWaiting = maxWaiting;
  }

  @Override
  public long tryBegin() {
    if (running >= maxConcurrent) {
      return AFTER_AN_END;
    }
    running++;
    return 0;
  }

  @Override
  public void onEnd() {
    running--;
  }

  @Override
  public int maxWaiting() {
    return maxWaiting;
  }
}
