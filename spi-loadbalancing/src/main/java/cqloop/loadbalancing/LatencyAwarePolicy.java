package cqloop.loadbalancing;

import cqloop.Consistency;
import cqloop.error.ReadTimeout;
import cqloop.error.RequestTimeout;
import cqloop.error.WriteTimeout;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.NodeDistance;
import cqloop.spi.QueryPlan;
import cqloop.spi.RoutingInfo;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Puts nodes that are much slower than the fastest one behind the others, and tries
 * them again after a while.
 */
final class LatencyAwarePolicy implements TieredPolicy {

  private final LoadBalancingPolicy child;
  private final Latencies latencies;
  private final LongSupplier nanoTime;

  private @Nullable Node[] nodes = {};
  private @Nullable NodeLatency[] byIndex = {};

  LatencyAwarePolicy(LoadBalancingPolicy child, Latencies latencies, LongSupplier nanoTime) {
    this.child = child;
    this.latencies = latencies;
    this.nanoTime = nanoTime;
  }

  @Override
  public QueryPlan plan(RoutingInfo request) {
    long now = nanoTime.getAsLong();
    latencies.update(now);
    QueryPlan plan = child.plan(request);
    double lowest = latencies.lowest();
    return lowest < 0
        ? plan
        : new LatencyPlan(this, plan, now, lowest * latencies.settings().exclusionThreshold());
  }

  @Override
  public void onTopology(Topology topology) {
    child.onTopology(topology);
    int size = 0;
    for (Node node : topology.nodes()) {
      size = Math.max(size, node.index() + 1);
    }
    nodes = new Node[size];
    byIndex = new NodeLatency[size];
    for (Node node : topology.nodes()) {
      nodes[node.index()] = node;
      byIndex[node.index()] = latencies.of(node);
    }
  }

  @Override
  public void onAttempt(Node node, long latencyNanos, @Nullable Throwable failure) {
    child.onAttempt(node, latencyNanos, failure);
    NodeLatency latency = latency(node);
    if (latency != null && tellsLatency(failure)) {
      long now = nanoTime.getAsLong();
      latency.add(latencyNanos, now, latencies.settings());
      latencies.update(now);
    }
  }

  /** Tells whether a node that would be given now is so slow that others come first. */
  boolean isSlow(Node node, long now, double limitNanos) {
    NodeLatency latency = latency(node);
    NodeLatency.@Nullable Value value = latency == null ? null : latency.value();
    return value != null && value.counts(now, latencies.settings()) && value.average() > limitNanos;
  }

  @Override
  public NodeDistance distance(Node node) {
    return child.distance(node);
  }

  @Override
  public int tier(Node node) {
    return TieredPolicy.tier(child, node);
  }

  @Override
  public boolean allows(int tier, Consistency consistency) {
    return TieredPolicy.allows(child, tier, consistency);
  }

  private @Nullable NodeLatency latency(Node node) {
    int index = node.index();
    return index < nodes.length && node.equals(nodes[index]) ? byIndex[index] : null;
  }

  /**
   * Errors that a node gives without work are quick, and would make a sick node look like a fast
   * one.
   */
  private static boolean tellsLatency(@Nullable Throwable failure) {
    return failure == null
        || failure instanceof RequestTimeout
        || failure instanceof ReadTimeout
        || failure instanceof WriteTimeout;
  }
}
