package cqloop.netty.observe;

import cqloop.metrics.LatencyMetrics;
import cqloop.netty.loop.Histogram;
import java.time.Duration;

/** Value. The sum of the histograms of all loops, while it is being read. */
final class LatencyReader {

  private final long[] buckets = new long[Histogram.BUCKETS];
  private long sumNanos;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;

  void add(Histogram histogram) {
    histogram.addTo(buckets);
    sumNanos += histogram.sum();
    maxNanos = Math.max(maxNanos, histogram.max());
    if (histogram.min() >= 0) {
      minNanos = Math.min(minNanos, histogram.min());
    }
  }

  LatencyMetrics read() {
    long count = 0;
    for (long bucket : buckets) {
      count += bucket;
    }
    double mean = count == 0 ? 0 : sumNanos / (double) count;
    return new LatencyMetrics(
        count,
        Duration.ofNanos(count == 0 ? 0 : minNanos),
        Duration.ofNanos(maxNanos),
        Duration.ofNanos(Math.round(mean)),
        Duration.ofNanos(Math.round(deviation(count, mean))),
        percentile(count, 0.5),
        percentile(count, 0.75),
        percentile(count, 0.95),
        percentile(count, 0.98),
        percentile(count, 0.99),
        percentile(count, 0.999));
  }

  private double deviation(long count, double mean) {
    double squares = 0;
    long below = 0;
    for (int i = 0; i < buckets.length; i++) {
      long end = Histogram.upperEnd(i);
      double distance = (below + end) / 2.0 - mean;
      squares += distance * distance * buckets[i];
      below = end + 1;
    }
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }

  private Duration percentile(long count, double share) {
    long left = (long) Math.ceil(count * share);
    for (int i = 0; i < buckets.length && left > 0; i++) {
      left -= buckets[i];
      if (left <= 0) {
        return Duration.ofNanos(Math.min(Histogram.upperEnd(i), maxNanos));
      }
    }
    return Duration.ZERO;
  }
}
