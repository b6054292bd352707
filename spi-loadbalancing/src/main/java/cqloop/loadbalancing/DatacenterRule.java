package cqloop.loadbalancing;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Loop-owned. Groups nodes by place: local rack, local data centre, then as many nodes of each
 * remote data centre as are allowed. As long as no data centre is known, every node is local, or
 * there would be none to ask.
 */
final class DatacenterRule implements Function<Topology, Tiers> {

  private final LocalDatacenter local;
  private final String rack;
  private final Remote remote;

  /**
   * @param local the local data centre, given or found out
   * @param rack the local rack; empty for none
   */
  DatacenterRule(LocalDatacenter local, String rack, Remote remote) {
    this.local = local;
    this.rack = rack;
    this.remote = remote;
  }

  /**
   * Value. What is used of other data centres.
   *
   * @param maxPerDatacenter nodes of each one
   * @param order those that are used, first one first; empty for all by name
   * @param forLocalConsistency whether requests at LOCAL_ONE and the like may go there
   */
  record Remote(int maxPerDatacenter, List<String> order, boolean forLocalConsistency) {}

  @Override
  public Tiers apply(Topology topology) {
    String datacenter = local.of(topology);
    Tiers.Builder tiers = new Tiers.Builder();
    if (datacenter.isEmpty()) {
      return tiers.local(topology.nodes()).build(true);
    }
    List<Node> sameRack = new ArrayList<>();
    List<Node> otherRacks = new ArrayList<>();
    TreeMap<String, List<Node>> others = new TreeMap<>();
    for (Node node : topology.nodes()) {
      // A contact point that has not answered yet has no data centre: it has to be asked.
      boolean isLocal = node.datacenter().equals(datacenter) || node.datacenter().isEmpty();
      if (!isLocal) {
        others.computeIfAbsent(node.datacenter(), name -> new ArrayList<>()).add(node);
      } else if (node.rack().equals(rack)) {
        sameRack.add(node);
      } else {
        otherRacks.add(node);
      }
    }
    if (!rack.isEmpty()) {
      tiers.local(sameRack);
    } else {
      otherRacks.addAll(sameRack);
    }
    tiers.local(otherRacks);
    for (String name : remote.order().isEmpty() ? others.keySet() : remote.order()) {
      tiers.remote(chosen(others.getOrDefault(name, List.of())));
    }
    return tiers.build(remote.forLocalConsistency());
  }

  /** Those that are up first, so that a node that goes down is replaced; then by their place. */
  private List<Node> chosen(List<Node> nodes) {
    if (remote.maxPerDatacenter() == 0) {
      return List.of();
    }
    List<Node> sorted = new ArrayList<>(nodes);
    sorted.sort(
        Comparator.comparing((Node node) -> node.state() == NodeState.DOWN)
            .thenComparingInt(Node::index));
    return sorted.subList(0, Math.min(remote.maxPerDatacenter(), sorted.size()));
  }
}
