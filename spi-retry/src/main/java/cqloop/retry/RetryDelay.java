package cqloop.retry;

import java.util.random.RandomGenerator;

/**
 * Loop-owned. The time to wait before a retry: doubles from retry to retry up to a limit, and is
 * then shortened by chance, so that requests that failed together do not come back together.
 */
final class RetryDelay {

  private final long baseMillis;
  private final long maxMillis;
  private final int jitterPercent;
  private final RandomGenerator random;

  /**
   * @param baseMillis time before the first retry; 0 for no wait at all
   * @param maxMillis longest time
   * @param jitterPercent part of the time that chance may take away, 0 to 100
   */
  RetryDelay(long baseMillis, long maxMillis, int jitterPercent, RandomGenerator random) {
    this.baseMillis = baseMillis;
    this.maxMillis = maxMillis;
    this.jitterPercent = jitterPercent;
    this.random = random;
  }

  /** Returns the milliseconds to wait after this many earlier retries. */
  long millis(int retries) {
    if (baseMillis == 0) {
      return 0;
    }
    // Both are at most a week, so neither the shift nor the product can overflow.
    long full = Math.min(maxMillis, baseMillis << Math.min(retries, 20));
    long removable = full * jitterPercent / 100;
    return removable == 0 ? full : full - random.nextLong(removable + 1);
  }
}
