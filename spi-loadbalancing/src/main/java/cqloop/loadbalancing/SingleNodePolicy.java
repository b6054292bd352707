package cqloop.loadbalancing;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.NodeDistance;
import cqloop.spi.QueryPlan;
import cqloop.spi.RoutingInfo;
import java.util.List;
import java.util.function.Predicate;

/** Loop-owned. Uses one node and no other: for tools and for finding faults. */
final class SingleNodePolicy implements LoadBalancingPolicy {

  private final Predicate<Node> isIt;
  private List<Node> node = List.of();

  SingleNodePolicy(Predicate<Node> isIt) {
    this.isIt = isIt;
  }

  @Override
  public QueryPlan plan(RoutingInfo request) {
    return QueryPlan.of(node);
  }

  @Override
  public void onTopology(Topology topology) {
    node = List.of();
    for (Node candidate : topology.nodes()) {
      if (isIt.test(candidate)) {
        node = List.of(candidate);
        return;
      }
    }
  }

  @Override
  public NodeDistance distance(Node candidate) {
    return node.contains(candidate) ? NodeDistance.LOCAL : NodeDistance.IGNORED;
  }
}
