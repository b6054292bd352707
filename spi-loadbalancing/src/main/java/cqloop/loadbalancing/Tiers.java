package cqloop.loadbalancing;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.spi.NodeDistance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Value. The nodes that a policy uses, in groups of falling preference. Nodes that are believed to
 * be down come after all others, but they come: the belief may be wrong.
 */
final class Tiers {

  /**
   * What {@link #tier} returns for a node that is not to be preferred: down, or not used at all.
   */
  static final int NONE = -1;

  private static final Node[] NO_NODES = {};

  private final Node[][] all;
  private final Node[][] localOnly;
  private final int localTiers;
  private final boolean remoteForLocal;
  private final Map<Node, Integer> tiers;
  private final Map<Node, NodeDistance> distances;

  private Tiers(Builder from, boolean remoteForLocal) {
    this.remoteForLocal = remoteForLocal;
    localTiers = from.localTiers;
    all = from.order(from.groups.size());
    localOnly = from.order(localTiers);
    tiers = Map.copyOf(from.tiers);
    distances = Map.copyOf(from.distances);
  }

  /**
   * Returns the groups to go through for a request of this consistency; shared, not to be changed.
   */
  Node[][] order(Consistency consistency) {
    return consistency.isLocal() && !remoteForLocal ? localOnly : all;
  }

  /** Returns the group of a node, 0 for the first, or {@link #NONE}. */
  int tier(Node node) {
    return tiers.getOrDefault(node, NONE);
  }

  /** Tells whether a request of this consistency may go to this group. */
  boolean allows(int tier, Consistency consistency) {
    return tier < localTiers || remoteForLocal || !consistency.isLocal();
  }

  NodeDistance distance(Node node) {
    return distances.getOrDefault(node, NodeDistance.IGNORED);
  }

  /** Owned by one method. Collects the groups, first one first. */
  static final class Builder {

    private final List<List<Node>> groups = new ArrayList<>();
    private final List<List<Node>> downGroups = new ArrayList<>();
    private final Map<Node, Integer> tiers = new HashMap<>();
    private final Map<Node, NodeDistance> distances = new HashMap<>();
    private int localTiers;

    /** Adds the next group of local nodes. All of them must be added before the remote ones. */
    Builder local(List<Node> nodes) {
      localTiers++;
      return add(nodes, NodeDistance.LOCAL);
    }

    /** Adds the next group of remote nodes. */
    Builder remote(List<Node> nodes) {
      return add(nodes, NodeDistance.REMOTE);
    }

    /** Returns the groups, or with {@code remoteForLocal} all of them for any consistency. */
    Tiers build(boolean remoteForLocal) {
      return new Tiers(this, remoteForLocal);
    }

    private Builder add(List<Node> nodes, NodeDistance distance) {
      List<Node> usable = new ArrayList<>();
      List<Node> down = new ArrayList<>();
      for (Node node : nodes) {
        distances.put(node, distance);
        if (node.state() == NodeState.DOWN) {
          down.add(node);
        } else {
          usable.add(node);
          tiers.put(node, groups.size());
        }
      }
      groups.add(usable);
      downGroups.add(down);
      return this;
    }

    private Node[][] order(int count) {
      List<Node[]> order = new ArrayList<>();
      for (List<List<Node>> part : List.of(groups, downGroups)) {
        for (List<Node> group : part.subList(0, count)) {
          if (!group.isEmpty()) {
            order.add(group.toArray(NO_NODES));
          }
        }
      }
      return order.toArray(new Node[0][]);
    }
  }
}
