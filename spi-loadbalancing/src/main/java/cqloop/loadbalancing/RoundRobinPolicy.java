package cqloop.loadbalancing;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.NodeDistance;
import cqloop.spi.QueryPlan;
import cqloop.spi.RoutingInfo;
import java.util.function.Function;

/**
 * Loop-owned. Takes the nodes in turn: those of the first group, then those of the next. What the
 * groups are is decided by the rule it is given.
 */
final class RoundRobinPolicy implements TieredPolicy {

  private final Function<Topology, Tiers> rule;
  private Tiers tiers = new Tiers.Builder().build(false);
  private int next;

  /**
   * @param rule makes groups of the nodes of a topology
   * @param start where the first plan begins, so that clients that start together do not all begin
   *     with the same node
   */
  RoundRobinPolicy(Function<Topology, Tiers> rule, int start) {
    this.rule = rule;
    next = start;
  }

  @Override
  public QueryPlan plan(RoutingInfo request) {
    return new TierPlan(tiers.order(request.consistency()), next++ & Integer.MAX_VALUE);
  }

  @Override
  public void onTopology(Topology topology) {
    tiers = rule.apply(topology);
  }

  @Override
  public NodeDistance distance(Node node) {
    return tiers.distance(node);
  }

  @Override
  public int tier(Node node) {
    return tiers.tier(node);
  }

  @Override
  public boolean allows(int tier, Consistency consistency) {
    return tiers.allows(tier, consistency);
  }
}
