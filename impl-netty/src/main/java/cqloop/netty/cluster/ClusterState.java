package cqloop.netty.cluster;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. What the loops of a session know of the cluster: its nodes, its ring, the replicas of each
 * keyspace, and the tablets of those that have tablets.
 */
public final class ClusterState {

  private final Topology topology;
  private final @Nullable TokenRing ring;
  private final Map<String, Replication> keyspaces;
  private final Map<String, ReplicaTable> tables;
  private final TabletMap tablets;

  /**
   * @param ring the ring, or null when it is not known or the cluster has one node only
   * @param keyspaces replication by name of keyspace
   * @param tablets those that are known, and the keyspaces that have tablets
   */
  public ClusterState(
      Topology topology,
      @Nullable TokenRing ring,
      Map<String, Replication> keyspaces,
      TabletMap tablets) {
    this(
        topology,
        ring,
        keyspaces,
        tables(topology, ring, keyspaces, tablets, new HashMap<>()),
        tablets);
  }

  private ClusterState(
      Topology topology,
      @Nullable TokenRing ring,
      Map<String, Replication> keyspaces,
      Map<String, ReplicaTable> tables,
      TabletMap tablets) {
    this.topology = topology;
    this.ring = ring;
    this.keyspaces = keyspaces;
    this.tables = tables;
    this.tablets = tablets;
  }

  /**
   * @param shared tables of this ring that are there already
   */
  private static Map<String, ReplicaTable> tables(
      Topology topology,
      @Nullable TokenRing ring,
      Map<String, Replication> keyspaces,
      TabletMap tablets,
      Map<Replication, ReplicaTable> shared) {
    Map<String, ReplicaTable> tables = new HashMap<>();
    if (ring != null && ring.size() > 0) {
      keyspaces.forEach(
          (name, replication) -> {
            if (!tablets.has(name)) {
              tables.put(
                  name,
                  shared.computeIfAbsent(
                      replication, key -> new ReplicaTable(ring, key, topology.nodes())));
            }
          });
    }
    return tables;
  }

  /** Returns what is known before a node was asked: the contact points. */
  public static ClusterState ofContactPoints(Topology topology) {
    return new ClusterState(topology, null, Map.of(), TabletMap.NONE);
  }

  public Topology topology() {
    return topology;
  }

  /** Returns the ring, or null when routing by token makes no sense. */
  public @Nullable TokenRing ring() {
    return ring;
  }

  public Map<String, Replication> keyspaces() {
    return keyspaces;
  }

  /**
   * Returns the replicas of a keyspace by position of the ring, or null when they are not known:
   * those of a keyspace with tablets do not follow from the ring.
   */
  public @Nullable ReplicaTable replicas(@Nullable String keyspace) {
    return keyspace == null ? null : tables.get(keyspace);
  }

  /**
   * Returns what follows this, now that the cluster was read again. As a rule nothing has changed:
   * the ring stays then, with the replicas that were computed, one list at a time, as requests
   * needed them.
   *
   * @param newRing as it was read
   */
  ClusterState next(
      Topology newer,
      @Nullable TokenRing newRing,
      Map<String, Replication> newKeyspaces,
      TabletMap newTablets) {
    TokenRing known = ring;
    if (known == null || newRing == null || !known.isLike(newRing) || !hasPlacesOf(newer)) {
      return new ClusterState(newer, newRing, newKeyspaces, newTablets);
    }
    return onSameRing(newer, newKeyspaces, newTablets);
  }

  private ClusterState onSameRing(
      Topology newer, Map<String, Replication> newKeyspaces, TabletMap newTablets) {
    Map<Replication, ReplicaTable> computed = new HashMap<>();
    tables.forEach((keyspace, table) -> computed.put(keyspaces.get(keyspace), table));
    return new ClusterState(
        newer,
        ring,
        newKeyspaces,
        tables(newer, ring, newKeyspaces, newTablets, computed),
        newTablets);
  }

  /** Tells whether each node is in the data centre and rack where it was. */
  private boolean hasPlacesOf(Topology newer) {
    for (Node node : newer.nodes()) {
      Node before = node.hostId() == null ? null : topology.node(node.hostId());
      if (before == null
          || !before.datacenter().equals(node.datacenter())
          || !before.rack().equals(node.rack())) {
        return false;
      }
    }
    return newer.nodes().size() == topology.nodes().size();
  }

  /** Returns this with other snapshots of the same nodes: their states have changed. */
  public ClusterState withNodes(List<Node> nodes) {
    return new ClusterState(
        new Topology(
            topology.version() + 1,
            topology.clusterName(),
            topology.partitioner(),
            nodes,
            topology.ignoredRows()),
        ring,
        keyspaces,
        tables,
        tablets);
  }

  /** Returns the tablets that are known; {@link TabletMap#NONE} when no keyspace has any. */
  public TabletMap tablets() {
    return tablets;
  }

  /** Returns this with other tablets. What was computed of the ring stays. */
  public ClusterState withTablets(TabletMap newer) {
    boolean sameKeyspaces = newer.keyspaces().equals(tablets.keyspaces());
    return sameKeyspaces
        ? new ClusterState(topology, ring, keyspaces, tables, newer)
        : onSameRing(topology, keyspaces, newer);
  }
}
