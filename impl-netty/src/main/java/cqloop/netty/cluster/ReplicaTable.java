package cqloop.netty.cluster;

import cqloop.metadata.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Published. The replicas of every position of a ring for one replication. Each list is computed
 * when a request needs it first: no loop ever computes the whole table. Loops may race for a list,
 * which gives equal lists.
 */
public final class ReplicaTable {

  private final TokenRing ring;
  private final Replication replication;
  private final Map<String, Integer> racksOf;
  private final Map<String, Integer> nodesOf;
  private final @Nullable List<Node>[] lists;

  /**
   * @param nodes all nodes of the cluster
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of lists cannot be made otherwise.
  public ReplicaTable(TokenRing ring, Replication replication, List<Node> nodes) {
    this.ring = ring;
    this.replication = replication;
    this.lists = new List[ring.size()];
    Map<String, Set<String>> racks = new HashMap<>();
    this.nodesOf = new HashMap<>();
    for (Node node : nodes) {
      racks.computeIfAbsent(node.datacenter(), name -> new HashSet<>()).add(node.rack());
      nodesOf.merge(node.datacenter(), 1, Integer::sum);
    }
    this.racksOf = new HashMap<>();
    racks.forEach((datacenter, names) -> racksOf.put(datacenter, names.size()));
  }

  /** Returns the replicas of a position in the order of the ring; the list cannot be changed. */
  public List<Node> replicas(int position) {
    List<Node> known = lists[position];
    if (known == null) {
      known = compute(position);
      lists[position] = known;
    }
    return known;
  }

  private List<Node> compute(int position) {
    return switch (replication.kind()) {
      case SIMPLE -> simple(position, replication.copies().getOrDefault("", 0));
      case NETWORK_TOPOLOGY -> networkTopology(position);
      case EVERYWHERE -> simple(position, Integer.MAX_VALUE);
      case NONE -> List.of();
    };
  }

  private List<Node> simple(int position, int copies) {
    Set<Node> replicas = new LinkedHashSet<>();
    for (int i = 0; i < ring.size() && replicas.size() < copies; i++) {
      replicas.add(ring.owner((position + i) % ring.size()));
    }
    return ReplicaList.of(List.copyOf(replicas));
  }

  // Cassandra, NetworkTopologyStrategy: one node of each rack first, then those that were passed
  // over.
  private List<Node> networkTopology(int position) {
    Map<String, DatacenterPick> picks = new HashMap<>();
    int missing = 0;
    for (Map.Entry<String, Integer> copies : replication.copies().entrySet()) {
      int wanted = Math.min(copies.getValue(), nodesOf.getOrDefault(copies.getKey(), 0));
      if (wanted > 0) {
        picks.put(
            copies.getKey(), new DatacenterPick(wanted, racksOf.getOrDefault(copies.getKey(), 1)));
        missing += wanted;
      }
    }
    Set<Node> replicas = new LinkedHashSet<>();
    for (int i = 0; i < ring.size() && missing > 0; i++) {
      Node node = ring.owner((position + i) % ring.size());
      DatacenterPick pick = picks.get(node.datacenter());
      if (pick != null && !replicas.contains(node)) {
        missing -= pick.offer(node, replicas);
      }
    }
    return ReplicaList.of(List.copyOf(replicas));
  }

  /** The replicas of one data centre while they are picked. */
  private static final class DatacenterPick {

    private final int racks;
    private int missing;
    private final Set<String> usedRacks = new HashSet<>();
    private final List<Node> passedOver = new ArrayList<>();

    DatacenterPick(int wanted, int racks) {
      this.missing = wanted;
      this.racks = racks;
    }

    /** Takes a node or passes it over; returns how many replicas were added. */
    int offer(Node node, Set<Node> replicas) {
      if (missing == 0) {
        return 0;
      }
      if (usedRacks.size() == racks) {
        return add(node, replicas);
      }
      if (usedRacks.contains(node.rack())) {
        if (!passedOver.contains(node)) {
          passedOver.add(node);
        }
        return 0;
      }
      usedRacks.add(node.rack());
      int added = add(node, replicas);
      if (usedRacks.size() == racks) {
        for (Node other : passedOver) {
          added += missing > 0 ? add(other, replicas) : 0;
        }
      }
      return added;
    }

    private int add(Node node, Set<Node> replicas) {
      missing--;
      replicas.add(node);
      return 1;
    }
  }
}
