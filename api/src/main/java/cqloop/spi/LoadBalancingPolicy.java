package cqloop.spi;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import org.jspecify.annotations.Nullable;

/** Loop-owned. Decides which nodes serve a request, and which get connections at all. */
public interface LoadBalancingPolicy {

  /** Takes the nodes of the cluster: once before the first plan, then at every change. */
  default void onTopology(Topology topology) {}

  /** Returns how far a node is. Asked again for every node after each {@link #onTopology}. */
  default NodeDistance distance(Node node) {
    return NodeDistance.LOCAL;
  }

  /**
   * Returns the nodes to try for a request. Nodes without an open connection are skipped at use.
   */
  QueryPlan plan(RoutingInfo request);

  /**
   * Takes the outcome of an attempt of this loop.
   *
   * @param node the node that was asked
   * @param latencyNanos time from writing the request to its answer or failure
   * @param failure what failed, or null when the node answered with a result
   */
  default void onAttempt(Node node, long latencyNanos, @Nullable Throwable failure) {}
}
