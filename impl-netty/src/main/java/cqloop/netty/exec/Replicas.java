package cqloop.netty.exec;

import cqloop.BoundStatement;
import cqloop.metadata.Node;
import cqloop.netty.cluster.ReplicaTable;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.codec.RoutingKeys;
import cqloop.netty.engine.SharedState;
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
        : List.copyOf(
            table.replicas(ring.positionOf(ring.partitioner().tokenOf(key, 0, key.length))));
  }
}
