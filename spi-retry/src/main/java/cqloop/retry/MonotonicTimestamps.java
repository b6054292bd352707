package cqloop.retry;

import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import cqloop.spi.TimestampGenerator;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Loop-owned. Timestamps that always grow: the clock, or one more than the last where the clock did
 * not move or was set back. Warns when they have run ahead of the clock by more than a limit.
 */
final class MonotonicTimestamps implements TimestampGenerator {

  static final long DEFAULT_WARNING_THRESHOLD_MILLIS = 1000;
  static final long DEFAULT_WARNING_INTERVAL_MILLIS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(MonotonicTimestamps.class);

  private final TimestampOrder order;
  private final MicroClock clock;
  private final LongSupplier nanoTime;
  private final DriftWarning warning;

  MonotonicTimestamps(
      TimestampOrder order, MicroClock clock, LongSupplier nanoTime, DriftWarning warning) {
    this.order = order;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.warning = warning;
  }

  static TimestampGenerator create(TimestampOrder order, PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "warningThreshold", "warningInterval");
    long threshold =
        config.millis(
            "warningThreshold", DEFAULT_WARNING_THRESHOLD_MILLIS, 0, PolicyConfig.MAX_MILLIS);
    long interval =
        config.millis(
            "warningInterval", DEFAULT_WARNING_INTERVAL_MILLIS, 0, PolicyConfig.MAX_MILLIS);
    return new MonotonicTimestamps(
        order,
        new MicroClock(context::currentTimeMillis, context::nanoTime),
        context::nanoTime,
        new DriftWarning(
            TimeUnit.MILLISECONDS.toMicros(threshold),
            TimeUnit.MILLISECONDS.toNanos(interval),
            LOG::warn));
  }

  @Override
  public long next() {
    long now = clock.micros();
    long next = order.next(now);
    if (next != now) {
      warning.check(next - now, nanoTime);
    }
    return next;
  }

  /** Loop-owned. Tells that timestamps are ahead of the clock, but not all the time. */
  static final class DriftWarning {

    private final long thresholdMicros;
    private final long intervalNanos;
    private final Consumer<String> log;

    private boolean warned;
    private long warnedAt;

    /**
     * @param thresholdMicros how far ahead is normal; 0 never warns
     * @param intervalNanos the least time between two warnings
     */
    DriftWarning(long thresholdMicros, long intervalNanos, Consumer<String> log) {
      this.thresholdMicros = thresholdMicros;
      this.intervalNanos = intervalNanos;
      this.log = log;
    }

    void check(long aheadMicros, LongSupplier nanoTime) {
      if (thresholdMicros == 0 || aheadMicros <= thresholdMicros) {
        return;
      }
      // By the clock that is never set: the other one may be what is wrong.
      long now = nanoTime.getAsLong();
      if (warned && now - warnedAt < intervalNanos) {
        return;
      }
      warned = true;
      warnedAt = now;
      log.accept(
          "Write timestamps are "
              + aheadMicros / 1000
              + " ms ahead of the clock of this machine (limit "
              + thresholdMicros / 1000
              + " ms). Either the clock was set back, or more than a million requests per second"
              + " were timed; until the clock catches up each gets the time after the last.");
    }
  }
}
