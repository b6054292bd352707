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
    this(topology, ring, keyspaces, tables(topology, ring, keyspaces, tablets), tablets);
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

  private static Map<String, ReplicaTable> tables(
      Topology topology,
      @Nullable TokenRing ring,
      Map<String, Replication> keyspaces,
      TabletMap tablets) {
    Map<String, ReplicaTable> tables = new HashMap<>();
    if (ring != null && ring.size() > 0) {
      Map<Replication, ReplicaTable> shared = new HashMap<>();
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
        : new ClusterState(topology, ring, keyspaces, newer);
  }
}
