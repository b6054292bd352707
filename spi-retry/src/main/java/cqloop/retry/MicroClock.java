package cqloop.retry;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Loop-owned. Time of day in microseconds: the system's milliseconds, divided by the clock that
 * measures intervals. The two are brought together once a second, because they do not run equally
 * fast and the time of day can be set.
 */
final class MicroClock {

  private static final long RESYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier currentTimeMillis;
  private final LongSupplier nanoTime;

  private long baseMicros;
  private long baseNanos;

  MicroClock(LongSupplier currentTimeMillis, LongSupplier nanoTime) {
    this.currentTimeMillis = currentTimeMillis;
    this.nanoTime = nanoTime;
    baseNanos = nanoTime.getAsLong();
    baseMicros = currentTimeMillis.getAsLong() * 1000;
  }

  /** Returns microseconds since 1970. */
  long micros() {
    long nanos = nanoTime.getAsLong();
    long passed = nanos - baseNanos;
    long micros = baseMicros + passed / 1000;
    if (passed < RESYNC_NANOS) {
      return micros;
    }
    long millis = currentTimeMillis.getAsLong();
    // Within the same millisecond the finer clock knows better; else the system is right.
    baseMicros = Math.floorDiv(micros, 1000) == millis ? micros : millis * 1000;
    baseNanos = nanos;
    return baseMicros;
  }
}
