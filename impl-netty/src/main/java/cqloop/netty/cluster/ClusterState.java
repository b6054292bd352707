package cqloop.netty.cluster;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. What the loops of a session know of the cluster: its nodes, its ring, and the replicas of
 * each keyspace.
 */
public final class ClusterState {

  private final Topology topology;
  private final @Nullable TokenRing ring;
  private final Map<String, Replication> keyspaces;
  private final Map<String, ReplicaTable> tables;

  /**
   * @param ring the ring, or null when it is not known or the cluster has one node only
   * @param keyspaces replication by name of keyspace
   */
  public ClusterState(
      Topology topology, @Nullable TokenRing ring, Map<String, Replication> keyspaces) {
    this(topology, ring, keyspaces, tables(topology, ring, keyspaces));
  }

  private ClusterState(
      Topology topology,
      @Nullable TokenRing ring,
      Map<String, Replication> keyspaces,
      Map<String, ReplicaTable> tables) {
    this.topology = topology;
    this.ring = ring;
    this.keyspaces = keyspaces;
    this.tables = tables;
  }

  private static Map<String, ReplicaTable> tables(
      Topology topology, @Nullable TokenRing ring, Map<String, Replication> keyspaces) {
    Map<String, ReplicaTable> tables = new HashMap<>();
    if (ring != null && ring.size() > 0) {
      Map<Replication, ReplicaTable> shared = new HashMap<>();
      keyspaces.forEach(
          (name, replication) ->
              tables.put(
                  name,
                  shared.computeIfAbsent(
                      replication, key -> new ReplicaTable(ring, key, topology.nodes()))));
    }
    return tables;
  }

  /** Returns what is known before a node was asked: the contact points. */
  public static ClusterState ofContactPoints(Topology topology) {
    return new ClusterState(topology, null, Map.of());
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
   * Returns the replicas of a keyspace by position of the ring, or null when they are not known.
   */
  public @Nullable ReplicaTable replicas(@Nullable String keyspace) {
    return keyspace == null ? null : tables.get(keyspace);
  }

  /** Returns this with other snapshots of the same nodes: their states have changed. */
  public ClusterState withNodes(List<Node> nodes) {
    return new ClusterState(
        new Topology(topology.version() + 1, topology.clusterName(), topology.partitioner(), nodes),
        ring,
        keyspaces,
        tables);
  }
}
