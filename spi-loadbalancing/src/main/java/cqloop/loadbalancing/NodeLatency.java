package cqloop.loadbalancing;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. The moving average of the latency of one node, over all loops of a session. Each loop
 * replaces the whole value, so that none sees half of it.
 */
final class NodeLatency {

  private final AtomicReference<@Nullable Value> value = new AtomicReference<>();

  /** Returns what is known, null as long as nothing is. */
  @Nullable Value value() {
    return value.get();
  }

  /** Takes a latency that was measured at a time. */
  void add(long latencyNanos, long now, LatencySettings settings) {
    Value before;
    Value after;
    do {
      before = value.get();
      after = Value.next(before, latencyNanos, now, settings);
    } while (after != before && !value.compareAndSet(before, after));
  }

  /**
   * Value. State of the average.
   *
   * @param count latencies so far
   * @param average in nanoseconds, negative as long as the first latencies are only counted: those
   *     of a node that has just started are not typical
   * @param at time of the last one
   */
  record Value(long count, double average, long at) {

    private static final double NOT_MEASURED = -1;

    static @Nullable Value next(
        @Nullable Value before, long latencyNanos, long now, LatencySettings settings) {
      long count = before == null ? 0 : before.count;
      if (before == null || count < 30L * settings.minMeasured() / 100) {
        return new Value(count + 1, NOT_MEASURED, now);
      }
      if (before.average < 0) {
        return new Value(count + 1, latencyNanos, now);
      }
      long delay = now - before.at;
      if (delay <= 0) {
        return before;
      }
      // The weight of the past falls with the time since the last answer: ln(s + 1) / s.
      double scaled = (double) delay / settings.scaleNanos();
      double weight = Math.log1p(scaled) / scaled;
      return new Value(count + 1, (1 - weight) * latencyNanos + weight * before.average, now);
    }

    /** Tells whether the average says anything about now. */
    boolean counts(long now, LatencySettings settings) {
      return average >= 0
          && count >= settings.minMeasured()
          && now - at <= settings.retryPeriodNanos();
    }
  }
}
