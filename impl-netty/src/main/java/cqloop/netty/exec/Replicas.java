package cqloop.netty.exec;

import cqloop.BoundStatement;
import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.Sharding;
import cqloop.metadata.Token;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.ReplicaTable;
import cqloop.netty.cluster.Tablet;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.engine.SharedState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any thread. Tells where the partition of a statement is stored. */
public final class Replicas {

  private Replicas() {}

  /**
   * Returns the nodes that store the partition, the primary one first; an empty list when that is
   * not known.
   *
   * @throws IllegalArgumentException when another driver prepared the statement
   */
  public static List<Node> of(BoundStatement bound, SharedState shared) {
    PreparedStatementImpl prepared = PreparedStatementImpl.of(bound);
    String routing = prepared.routingKeyspace();
    ClusterState cluster = shared.cluster();
    Token token = token(bound, cluster);
    String keyspace = routing == null ? shared.keyspace() : routing;
    return token == null ? List.of() : of(keyspace, prepared.routingTable(), token, cluster);
  }

  /**
   * Returns the nodes that store a token of a table, in the order of the ring or of its tablet; an
   * empty list when that is not known.
   *
   * @param token one of the partitioner of the cluster, which has a ring
   */
  public static List<Node> of(
      @Nullable String keyspace, @Nullable String table, Token token, ClusterState cluster) {
    ReplicaTable onRing = cluster.replicas(keyspace);
    TokenRing ring = cluster.ring();
    if (onRing != null && ring != null) {
      return now(onRing.replicas(ring.positionOf(token)), cluster.topology());
    }
    Tablet tablet =
        token instanceof Murmur3Token murmur3
            ? cluster.tablets().find(keyspace, table, murmur3.value())
            : null;
    return tablet == null ? List.of() : tablet.replicas(cluster.topology());
  }

  /**
   * Returns the shard of a node that stores the partition, or null when it is not known.
   *
   * @throws IllegalArgumentException when another driver prepared the statement
   */
  public static @Nullable Integer shard(BoundStatement bound, Node node, ClusterState cluster) {
    Sharding sharding = node.sharding();
    Token token = sharding == null ? null : token(bound, cluster);
    if (sharding == null || token == null) {
      return null;
    }
    PreparedStatementImpl prepared = PreparedStatementImpl.of(bound);
    String keyspace = prepared.routingKeyspace();
    if (!cluster.tablets().has(keyspace) || !(token instanceof Murmur3Token murmur3)) {
      return sharding.shardOf(token);
    }
    Tablet tablet = cluster.tablets().find(keyspace, prepared.routingTable(), murmur3.value());
    int shard = tablet == null ? -1 : tablet.shardOn(node);
    return shard < 0 || shard >= sharding.shards() ? null : shard;
  }

  private static @Nullable Token token(BoundStatement bound, ClusterState cluster) {
    TokenRing ring = cluster.ring();
    byte[] key = PartitionKeys.of(bound);
    return ring == null || ring.size() == 0 || key == null
        ? null
        : ring.partitioner().tokenOf(key, 0, key.length);
  }

  /**
   * Returns these nodes as they are known now: the ring was made when the nodes last changed, and
   * what it holds may be in another state since.
   */
  private static List<Node> now(List<Node> replicas, Topology topology) {
    List<Node> all = new ArrayList<>(replicas.size());
    for (Node replica : replicas) {
      Node known = replica.hostId() == null ? null : topology.node(replica.hostId());
      all.add(known == null ? replica : known);
    }
    return all;
  }
}
