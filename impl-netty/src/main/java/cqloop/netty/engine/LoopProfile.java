package cqloop.netty.engine;

import cqloop.metadata.Node;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.RetryPolicy;
import cqloop.spi.SpeculativeExecutionPolicy;
import cqloop.spi.TimestampGenerator;

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

  /** A node answered an attempt. */
  public void onAnswer(Node node, long latencyNanos) {
    loadBalancing.onAttempt(node, latencyNanos, null);
    retry.onSuccess(node);
    speculation.onLatency(node, latencyNanos);
  }
}
