package cqloop.loadbalancing;

import cqloop.metadata.Node;
import cqloop.spi.QueryPlan;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Goes through groups of nodes, each from a starting point around. It is all that a
 * request allocates, and it costs the same for three nodes and for a thousand.
 */
final class TierPlan implements QueryPlan {

  private final Node[][] tiers;
  private final int start;
  private int tier;
  private int given;

  /**
   * @param tiers the groups, first one first; shared, never changed
   * @param start where each group begins, 0 or more, taken modulo its size
   */
  TierPlan(Node[][] tiers, int start) {
    this.tiers = tiers;
    this.start = start;
  }

  @Override
  public @Nullable Node next() {
    while (tier < tiers.length) {
      Node[] nodes = tiers[tier];
      if (given < nodes.length) {
        int at = start % nodes.length + given++;
        return nodes[at < nodes.length ? at : at - nodes.length];
      }
      tier++;
      given = 0;
    }
    return null;
  }
}
