package cqloop.loadbalancing;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.NodeDistance;
import cqloop.spi.QueryPlan;
import cqloop.spi.RoutingInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Hides nodes from another policy: it never learns of them, so a request costs nothing
 * more. They get no connection either. Policies from elsewhere may find nodes in another way, such
 * as the replicas of the request: what they give is looked at once more.
 */
final class FilterPolicy implements TieredPolicy {

  private final LoadBalancingPolicy child;
  private final Predicate<Node> filter;
  private Set<Node> accepted = Set.of();

  FilterPolicy(LoadBalancingPolicy child, Predicate<Node> filter) {
    this.child = child;
    this.filter = filter;
  }

  @Override
  public QueryPlan plan(RoutingInfo request) {
    QueryPlan plan = child.plan(request);
    return child instanceof TieredPolicy ? plan : () -> nextAccepted(plan);
  }

  private @Nullable Node nextAccepted(QueryPlan plan) {
    Node node = plan.next();
    while (node != null && !accepted.contains(node)) {
      node = plan.next();
    }
    return node;
  }

  @Override
  public void onTopology(Topology topology) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : topology.nodes()) {
      if (filter.test(node)) {
        nodes.add(node);
      }
    }
    accepted = new HashSet<>(nodes);
    child.onTopology(
        new Topology(topology.version(), topology.clusterName(), topology.partitioner(), nodes));
  }

  @Override
  public NodeDistance distance(Node node) {
    return accepted.contains(node) ? child.distance(node) : NodeDistance.IGNORED;
  }

  @Override
  public void onAttempt(Node node, long latencyNanos, @Nullable Throwable failure) {
    child.onAttempt(node, latencyNanos, failure);
  }

  @Override
  public int tier(Node node) {
    return accepted.contains(node) ? TieredPolicy.tier(child, node) : Tiers.NONE;
  }

  @Override
  public boolean allows(int tier, Consistency consistency) {
    return TieredPolicy.allows(child, tier, consistency);
  }
}
