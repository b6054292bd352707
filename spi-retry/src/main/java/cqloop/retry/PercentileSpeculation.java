package cqloop.retry;

import cqloop.metadata.Node;
import cqloop.spi.SpeculativeExecutionPolicy;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Starts one more attempt when the answer is later than a percentile of the recent
 * latencies; never before there are enough of them to tell.
 */
final class PercentileSpeculation implements SpeculativeExecutionPolicy {

  private static final long NEVER = -1;

  private final RecentLatencies latencies;
  private final Settings settings;
  private final LongSupplier nanoTime;

  private long delayNanos = NEVER;
  private boolean computed;
  private long computedAt;

  PercentileSpeculation(RecentLatencies latencies, Settings settings, LongSupplier nanoTime) {
    this.latencies = latencies;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  @Override
  public long nextDelayNanos(@Nullable Node node, int started) {
    if (started >= settings.maxExecutions()) {
      return NEVER;
    }
    long now = nanoTime.getAsLong();
    // Going through the histogram costs microseconds, so it is not done for each request.
    if (!computed || now - computedAt >= settings.updateNanos()) {
      computed = true;
      computedAt = now;
      delayNanos =
          latencies.count() < settings.minSamples()
              ? NEVER
              : Math.max(settings.minDelayNanos(), latencies.percentile(settings.percentile()));
    }
    return delayNanos;
  }

  @Override
  public void onLatency(Node node, long latencyNanos) {
    latencies.record(latencyNanos);
  }

  /**
   * Value. How the policy is set.
   *
   * @param percentile above 0 and below 100
   * @param maxExecutions speculative attempts of one request at most
   * @param minSamples latencies that are needed before the first speculation
   * @param updateNanos how long a computed delay is used
   * @param minDelayNanos the shortest delay
   */
  record Settings(
      double percentile, int maxExecutions, int minSamples, long updateNanos, long minDelayNanos) {}
}
