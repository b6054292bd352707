package cqloop.netty.cluster;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Published. A part of a table of ScyllaDB: the tokens behind one and up to another, and the nodes
 * and shards that store them. Its nodes are looked up when a request needs them first and when the
 * cluster has changed since; loops may race for that, which gives equal lists.
 */
public final class Tablet {

  /** No server has so many copies of anything, and no plan can use more. */
  static final int MAX_REPLICAS = 64;

  /** Value. The nodes that were known in one snapshot of the cluster. */
  private record Known(long version, List<Node> nodes) {}

  private final long first;
  private final long last;
  private final UUID[] hosts;
  private final int[] shards;
  private @Nullable Known known;

  /**
   * @param first the tokens begin behind it
   * @param last the last token
   * @param hosts host ids of the replicas in the order of the server; some may not be known yet
   * @param shards the shard on each of them
   */
  Tablet(long first, long last, UUID[] hosts, int[] shards) {
    this.first = first;
    this.last = last;
    this.hosts = hosts;
    this.shards = shards;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  /** Returns the replicas that the cluster has, in the order of the server. */
  public List<Node> replicas(Topology topology) {
    Known present = known;
    if (present == null || present.version != topology.version()) {
      present = new Known(topology.version(), nodes(topology));
      known = present;
    }
    return present.nodes;
  }

  private List<Node> nodes(Topology topology) {
    List<Node> nodes = new ArrayList<>(hosts.length);
    for (UUID host : hosts) {
      Node node = topology.node(host);
      if (node != null) {
        nodes.add(node);
      }
    }
    return ReplicaList.of(nodes);
  }

  /** Returns the shard that stores it on a node, or -1 when the node is no replica. */
  public int shardOn(Node node) {
    for (int i = 0; i < hosts.length; i++) {
      if (hosts[i].equals(node.hostId())) {
        return shards[i];
      }
    }
    return -1;
  }

  /** Tells whether one of these nodes is a replica. */
  boolean isOnAny(Set<UUID> some) {
    for (UUID host : hosts) {
      if (some.contains(host)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether the other one says the same. */
  boolean isLike(Tablet other) {
    return first == other.first
        && last == other.last
        && Arrays.equals(shards, other.shards)
        && Arrays.equals(hosts, other.hosts);
  }

  @Override
  public String toString() {
    return "(%s, %s] on %s, shards %s"
        .formatted(first, last, Arrays.toString(hosts), Arrays.toString(shards));
  }
}
