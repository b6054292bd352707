package cqloop.loadbalancing;

import cqloop.spi.PolicyConfig;
import java.util.concurrent.TimeUnit;

/**
 * Value. The five settings of latency awareness.
 *
 * @param exclusionThreshold a node that is slower than the fastest by more than this factor is put
 *     behind
 * @param scaleNanos how fast old latencies lose weight
 * @param retryPeriodNanos after this time without answers a node that was put behind is tried again
 * @param updateRateNanos how often the fastest node is determined
 * @param minMeasured answers before the latency of a node counts
 */
record LatencySettings(
    double exclusionThreshold,
    long scaleNanos,
    long retryPeriodNanos,
    long updateRateNanos,
    int minMeasured) {

  static final String[] KEYS = {
    "exclusionThreshold", "scale", "retryPeriod", "updateRate", "minMeasured"
  };

  static final double DEFAULT_EXCLUSION_THRESHOLD = 2.0;
  static final long DEFAULT_SCALE_MILLIS = 100;
  static final long DEFAULT_RETRY_PERIOD_MILLIS = 10_000;
  static final long DEFAULT_UPDATE_RATE_MILLIS = 100;
  static final int DEFAULT_MIN_MEASURED = 50;

  static LatencySettings read(PolicyConfig config) {
    return new LatencySettings(
        config.decimal("exclusionThreshold", DEFAULT_EXCLUSION_THRESHOLD, 1, 1e6),
        nanos(config, "scale", DEFAULT_SCALE_MILLIS),
        nanos(config, "retryPeriod", DEFAULT_RETRY_PERIOD_MILLIS),
        nanos(config, "updateRate", DEFAULT_UPDATE_RATE_MILLIS),
        config.number("minMeasured", DEFAULT_MIN_MEASURED, 1, 1_000_000));
  }

  private static long nanos(PolicyConfig config, String key, long absent) {
    return TimeUnit.MILLISECONDS.toNanos(config.millis(key, absent, 1, PolicyConfig.MAX_MILLIS));
  }
}
