package cqloop.netty.exec;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.QueryPlan;
import java.util.List;

/** Value. The plan of a statement that names its node. */
final class PinnedPlan {

  private PinnedPlan() {}

  /** Returns a plan of exactly this node; empty when the cluster has none at the endpoint. */
  static QueryPlan to(String endpoint, Topology topology) {
    Node node = topology.node(endpoint);
    return QueryPlan.of(node == null ? List.of() : List.of(node));
  }
}
