package cqloop.loadbalancing;

import cqloop.metadata.Node;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. The latencies of all nodes of a session: one loop alone sees too few answers of each
 * node to judge it.
 */
final class Latencies {

  /** Value of {@link #lowest} as long as no node has been measured. */
  static final double UNKNOWN = -1;

  private final LatencySettings settings;
  // Weakly, so that nodes that no loop uses any more go away by themselves.
  private final Map<Node, WeakReference<NodeLatency>> nodes = new ConcurrentHashMap<>();
  private final AtomicLong updatedAt;
  private volatile double lowest = UNKNOWN;

  Latencies(LatencySettings settings, long now) {
    this.settings = settings;
    updatedAt = new AtomicLong(now);
  }

  LatencySettings settings() {
    return settings;
  }

  /** Returns the latency of a node, the same for all loops as long as one of them holds it. */
  NodeLatency of(Node node) {
    NodeLatency[] found = new NodeLatency[1];
    nodes.compute(
        node,
        (key, known) -> {
          NodeLatency latency = known == null ? null : known.get();
          if (latency != null) {
            found[0] = latency;
            return known;
          }
          found[0] = new NodeLatency();
          return new WeakReference<>(found[0]);
        });
    return found[0];
  }

  /** Returns the lowest average in nanoseconds, or {@link #UNKNOWN}. */
  double lowest() {
    return lowest;
  }

  /** Determines the lowest average anew when it is time; one loop does it for all. */
  void update(long now) {
    long last = updatedAt.get();
    if (now - last < settings.updateRateNanos() || !updatedAt.compareAndSet(last, now)) {
      return;
    }
    double least = Double.POSITIVE_INFINITY;
    for (Map.Entry<Node, WeakReference<NodeLatency>> entry : nodes.entrySet()) {
      NodeLatency latency = entry.getValue().get();
      if (latency == null) {
        // Only this very reference: another loop may have put a new one in its place.
        nodes.remove(entry.getKey(), entry.getValue());
        continue;
      }
      NodeLatency.@Nullable Value value = latency.value();
      if (value != null && value.counts(now, settings)) {
        least = Math.min(least, value.average());
      }
    }
    if (least < Double.POSITIVE_INFINITY) {
      lowest = least;
    }
  }

  /** Any thread. The latencies of a session by settings, for profiles that differ in them. */
  static final class BySettings {
    private final Map<LatencySettings, Latencies> all = new ConcurrentHashMap<>();

    Latencies of(LatencySettings settings, long now) {
      return all.computeIfAbsent(settings, key -> new Latencies(key, now));
    }
  }
}
