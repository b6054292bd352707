package cqloop.retry;

import cqloop.spi.ReconnectionPolicy;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Any thread. Delays that double from attempt to attempt. The attempt n, from 0, waits {@code base
 * * 2^n}, at most {@code max}, times 85 to 114 percent by chance, and never less than {@code base}
 * or more than {@code max}. Chance keeps the clients of a node from coming back to it together.
 */
final class ExponentialReconnection implements ReconnectionPolicy {

  private static final int LOWEST_PERCENT = 85;
  private static final int PERCENTS = 30;
  private static final long SEED_STEP = 0x9E3779B97F4A7C15L; // golden ratio, as SplittableRandom

  private final long baseMillis;
  private final long maxMillis;
  private final int maxDoublings;
  // Outages begin on any loop, so this is the one thing here that loops share.
  private final AtomicLong nextSeed;

  /**
   * @param baseMillis shortest delay, 1 or more
   * @param maxMillis longest delay, not less than the shortest
   * @param seed decides all chance
   */
  ExponentialReconnection(long baseMillis, long maxMillis, long seed) {
    this.baseMillis = baseMillis;
    this.maxMillis = maxMillis;
    // As often as 64 bits without a sign can hold the product.
    maxDoublings = 63 - Long.numberOfLeadingZeros(Long.divideUnsigned(-1L, baseMillis));
    nextSeed = new AtomicLong(seed);
  }

  @Override
  public Schedule newSchedule() {
    return new Delays(new SplittableRandom(nextSeed.getAndAdd(SEED_STEP)));
  }

  /** Loop-owned. The delays of one outage. */
  private final class Delays implements Schedule {

    private final SplittableRandom random;
    private int attempt;

    Delays(SplittableRandom random) {
      this.random = random;
    }

    @Override
    public long nextDelayMillis() {
      if (attempt > maxDoublings) {
        return maxMillis;
      }
      long doubled = baseMillis << attempt++;
      long full = Long.compareUnsigned(doubled, maxMillis) < 0 ? doubled : maxMillis;
      long percent = LOWEST_PERCENT + random.nextInt(PERCENTS);
      // Divided first where the product would not fit; what is lost is below a percent then.
      long delay = full <= Long.MAX_VALUE / 128 ? full * percent / 100 : full / 100 * percent;
      return Math.max(baseMillis, Math.min(maxMillis, delay));
    }
  }
}
