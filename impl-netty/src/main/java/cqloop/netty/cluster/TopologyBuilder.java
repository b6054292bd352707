package cqloop.netty.cluster;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. Turns readings into cluster states. A node keeps its index for as long as it
 * belongs to the cluster, by its host id; the index of a contact point passes to the node behind
 * it, and that of a node which has left to a new one, so that tables by index stay as long as the
 * cluster is large.
 */
final class TopologyBuilder {

  private final Map<UUID, Integer> indices = new HashMap<>();

  /** All below are taken. */
  private int nextIndex;

  /**
   * Returns the work of putting the tokens of a reading into order, or null when it has no ring.
   */
  static @Nullable RingMerge ringOf(
      TopologyReader.Reading reading, Map<NodeRow, SocketAddress> addresses) {
    Partitioner partitioner = Partitioner.ofClass(reading.partitioner());
    List<Set<String>> tokens = new ArrayList<>();
    tokens.add(reading.local().tokens());
    for (NodeRow peer : reading.peers()) {
      if (addresses.containsKey(peer)) {
        tokens.add(peer.tokens());
      }
    }
    // With one node, and one shard, there is nothing to choose: requests need no token.
    boolean choice = tokens.size() > 1 || reading.sharded();
    return partitioner == null || !choice ? null : new RingMerge(partitioner, tokens);
  }

  /**
   * Returns the state that a reading describes.
   *
   * @param before the state so far
   * @param asked the node that was asked: its address is the one that was connected to
   * @param answer with all the steps of its ring taken; a peer without an address is left out
   */
  ClusterState build(ClusterState before, Node asked, ClusterAnswer answer) {
    TopologyReader.Reading reading = answer.reading();
    RingMerge ring = answer.ring();
    Topology known = before.topology();
    keepIndicesOf(reading);
    Set<Integer> taken = new HashSet<>(indices.values());
    for (Node contactPoint : known.nodes()) {
      taken.add(contactPoint.index());
    }
    List<Node> nodes = new ArrayList<>();
    nextIndex = 0;
    nodes.add(node(known, taken, reading.local(), asked.address()));
    for (NodeRow peer : reading.peers()) {
      SocketAddress address = answer.addresses().get(peer);
      if (address != null) {
        nodes.add(node(known, taken, peer, address));
      }
    }
    Topology topology =
        new Topology(
            known.version() + 1,
            reading.clusterName(),
            reading.partitioner(),
            nodes,
            reading.skipped());
    Partitioner partitioner = Partitioner.ofClass(reading.partitioner());
    return before.next(
        topology,
        ring == null || partitioner == null
            ? null
            : TokenRing.of(partitioner, ring.result(), nodes),
        reading.keyspaces(),
        before
            .tablets()
            .inCluster(
                known, topology, reading.keyspaces().keySet(), reading.keyspacesWithTablets()));
  }

  private Node node(Topology known, Set<Integer> taken, NodeRow row, SocketAddress address) {
    Node same = row.hostId() == null ? null : known.node(row.hostId());
    Node atAddress = known.node(Node.at(0, address).endpoint());
    int index = indexOf(row.hostId(), atAddress, taken);
    Node before = same == null ? atAddress : same;
    Node node =
        new Node(
                index,
                // The same object: to compare snapshots of a node then reads no more than that.
                same == null ? row.hostId() : same.hostId(),
                withKnownName(address, atAddress),
                row.datacenter(),
                row.rack(),
                row.releaseVersion(),
                before == null ? NodeState.UNKNOWN : before.state())
            .withSchemaVersion(row.schemaVersion());
    return before == null ? node : node.withSharding(before.sharding());
  }

  /** A name that is known stays: peers tell of each other by address. */
  private static SocketAddress withKnownName(SocketAddress address, @Nullable Node atAddress) {
    return atAddress != null && (address.hostName() == null || atAddress.hostname() != null)
        ? atAddress.address()
        : address;
  }

  private int indexOf(@Nullable UUID hostId, @Nullable Node atAddress, Set<Integer> taken) {
    Integer known = hostId == null ? null : indices.get(hostId);
    if (known != null) {
      return known;
    }
    int index;
    if (atAddress != null
        && atAddress.hostId() == null
        && !indices.containsValue(atAddress.index())) {
      index = atAddress.index();
    } else {
      while (!taken.add(nextIndex)) {
        nextIndex++;
      }
      index = nextIndex;
    }
    if (hostId != null) {
      indices.put(hostId, index);
    }
    return index;
  }

  private void keepIndicesOf(TopologyReader.Reading reading) {
    Set<UUID> present = new HashSet<>();
    for (NodeRow peer : reading.peers()) {
      present.add(peer.hostId());
    }
    present.add(reading.local().hostId());
    indices.keySet().retainAll(present);
  }
}
