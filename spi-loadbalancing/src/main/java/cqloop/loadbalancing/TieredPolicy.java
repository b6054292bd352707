package cqloop.loadbalancing;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.NodeDistance;

/**
 * Loop-owned. A policy that tells how much it prefers a node, in finer steps than the distance
 * does, so that a decorator can put replicas into the same order.
 */
interface TieredPolicy extends LoadBalancingPolicy {

  /** Returns the group of a node, 0 for the first, or {@link Tiers#NONE}. */
  int tier(Node node);

  /** Tells whether a request of this consistency may go to this group. */
  boolean allows(int tier, Consistency consistency);

  /** Returns the group of a node in any policy: those from elsewhere tell by the distance. */
  static int tier(LoadBalancingPolicy policy, Node node) {
    if (policy instanceof TieredPolicy tiered) {
      return tiered.tier(node);
    }
    NodeDistance distance = policy.distance(node);
    if (distance == NodeDistance.IGNORED || node.state() == NodeState.DOWN) {
      return Tiers.NONE;
    }
    return distance == NodeDistance.LOCAL ? 0 : 1;
  }

  /** Tells whether a request of this consistency may go to this group of any policy. */
  static boolean allows(LoadBalancingPolicy policy, int tier, Consistency consistency) {
    return policy instanceof TieredPolicy tiered
        ? tiered.allows(tier, consistency)
        : tier == 0 || !consistency.isLocal();
  }
}
