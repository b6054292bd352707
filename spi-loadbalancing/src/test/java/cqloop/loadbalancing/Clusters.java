package cqloop.loadbalancing;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.QueryPlan;
import cqloop.testkit.tck.TckContext;
import cqloop.testkit.tck.TckNodes;
import cqloop.testkit.tck.TckRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What the tests of this module have in common. */
final class Clusters {

  private Clusters() {}

  /**
   * Returns a cluster with a node for each place, written as {@code dc/rack} or {@code dc/rack-}:
   * down.
   */
  static Topology of(String... places) {
    List<Node> nodes = new ArrayList<>();
    for (String place : places) {
      boolean down = place.endsWith("-");
      String[] parts = place.replace("-", "").split("/", -1);
      Node node = TckNodes.node(nodes.size(), parts[0], parts[1]);
      nodes.add(down ? node.withState(NodeState.DOWN) : node);
    }
    return new Topology(1, "test", "", nodes);
  }

  static LoadBalancingPolicy policy(
      LoadBalancingProvider provider, JsonObject config, Topology topology) {
    return policy(provider, TckContext.create(config), topology);
  }

  static LoadBalancingPolicy policy(
      LoadBalancingProvider provider, TckContext context, Topology topology) {
    LoadBalancingPolicy policy = provider.create(context);
    policy.onTopology(topology);
    return policy;
  }

  /** Returns the numbers of the nodes of a plan, in order. */
  static List<Integer> plan(LoadBalancingPolicy policy, TckRequest request) {
    QueryPlan plan = policy.plan(request.begin());
    request.end();
    List<Integer> numbers = new ArrayList<>();
    for (Node node = plan.next(); node != null; node = plan.next()) {
      numbers.add(node.index());
    }
    return numbers;
  }

  /** Returns a request for a partition with these nodes as replicas, in ring order. */
  static TckRequest to(Topology topology, int... replicas) {
    List<Node> nodes = new ArrayList<>();
    for (int replica : replicas) {
      nodes.add(topology.nodes().get(replica));
    }
    return TckRequest.to(nodes);
  }
}
