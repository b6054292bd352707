package cqloop.netty.session;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.netty.engine.LoopEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Any thread. Counts the connections for requests to each node, over all loops. */
final class OpenConnections {

  private OpenConnections() {}

  /** Returns the same view with the connections of this moment. */
  static Topology countedIn(Topology topology, Collection<LoopEngine> engines) {
    Map<Node, Integer> open = new HashMap<>();
    for (LoopEngine engine : engines) {
      engine.countConnections(
          (node, size) -> open.merge(node, size.ready() + size.ending(), Integer::sum));
    }
    List<Node> nodes = new ArrayList<>(topology.nodes().size());
    for (Node node : topology.nodes()) {
      nodes.add(node.withOpenConnections(open.getOrDefault(node, 0)));
    }
    return new Topology(
        topology.version(),
        topology.clusterName(),
        topology.partitioner(),
        nodes,
        topology.ignoredRows());
  }
}
