package com.acme.rackfirst;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.QueryPlan;
import cqloop.spi.RoutingInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Loop-owned. The nodes of one rack, then the others. */
final class RackFirst implements LoadBalancingPolicy {

  private final String rack;
  private List<Node> ordered = List.of();

  RackFirst(String rack) {
    this.rack = rack;
  }

  @Override
  public void onTopology(Topology topology) {
    List<Node> nodes = new ArrayList<>(topology.nodes());
    nodes.sort(Comparator.comparing(node -> !node.rack().equals(rack)));
    ordered = nodes;
  }

  @Override
  public QueryPlan plan(RoutingInfo request) {
    return QueryPlan.of(ordered);
  }
}
