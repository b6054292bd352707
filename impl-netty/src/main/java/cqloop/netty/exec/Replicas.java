package cqloop.netty.exec;

import cqloop.BoundStatement;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ReplicaTable;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.codec.RoutingKeys;
import cqloop.netty.engine.SharedState;
import java.util.ArrayList;
import java.util.List;

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
    ReplicaTable table = shared.cluster().replicas(routing == null ? shared.keyspace() : routing);
    TokenRing ring = shared.cluster().ring();
    byte[] key = RoutingKeys.serialized(bound.encodedValues(), prepared.partitionKey());
    return table == null || ring == null || ring.size() == 0 || key == null
        ? List.of()
        : now(
            table.replicas(ring.positionOf(ring.partitioner().tokenOf(key, 0, key.length))),
            shared.topology());
  }

  /**
   * Returns these nodes as they are known now: the ring was made when the nodes last changed, and
   * what it holds may be in another state since.
   */
  public static List<Node> now(List<Node> replicas, Topology topology) {
    List<Node> all = new ArrayList<>(replicas.size());
    for (Node replica : replicas) {
      Node known = replica.hostId() == null ? null : topology.node(replica.hostId());
      all.add(known == null ? replica : known);
    }
    return all;
  }
}
