package cqloop.netty.engine;

import cqloop.metadata.Node;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.NodeDistance;
import cqloop.spi.RetryPolicy;
import cqloop.spi.SpeculativeExecutionPolicy;
import cqloop.spi.TimestampGenerator;
import java.util.List;

/**
 * Loop-owned. The policies of one execution profile on one loop.
 *
 * @param settings what the profile sets
 */
public record LoopProfile(
    ProfileSettings settings,
    LoadBalancingPolicy loadBalancing,
    RetryPolicy retry,
    SpeculativeExecutionPolicy speculation,
    TimestampGenerator timestamps) {

  /** Returns how near a node is to that of these profiles to which it is nearest. */
  static NodeDistance nearest(List<LoopProfile> profiles, Node node) {
    NodeDistance nearest = NodeDistance.IGNORED;
    for (int i = 0; i < profiles.size(); i++) {
      NodeDistance distance = profiles.get(i).loadBalancing().distance(node);
      nearest = distance.compareTo(nearest) < 0 ? distance : nearest;
    }
    return nearest;
  }

  /** A node answered an attempt. */
  public void onAnswer(Node node, long latencyNanos) {
    loadBalancing.onAttempt(node, latencyNanos, null);
    speculation.onLatency(node, latencyNanos);
  }
}
