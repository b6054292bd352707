package cqloop.metadata;

import cqloop.BoundStatement;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Published. Who owns which part of the ring, as it was known at one moment. Replicas are computed
 * when they are asked for.
 */
public interface TokenMap {

  /** Returns the parts of the ring in order; together they are the whole of it. */
  List<TokenRange> ranges();

  /** Returns the parts of the ring whose end is a token of this node; none for a strange node. */
  List<TokenRange> ranges(Node node);

  /**
   * Returns the parts of the ring of which this node holds a copy for a keyspace; none for a
   * strange node or keyspace, and none for one of ScyllaDB with tablets.
   *
   * @param keyspace name without quotes, in its exact case
   */
  List<TokenRange> ranges(String keyspace, Node node);

  /** Returns the token of a partition key, given as the server serializes it. */
  Token token(Buffer partitionKey);

  /**
   * Returns the token of the partition key of a statement, or null when not all of the key is
   * bound.
   */
  @Nullable Token token(BoundStatement statement);

  /**
   * Returns the shard of a node that the partition key of a statement belongs to, or null when the
   * node has no shards that are known, or not all of the key is bound. Only ScyllaDB has shards.
   * Where the table has tablets, the shard is that of the tablet, and null as long as that is not
   * known, and on nodes that have no copy of it.
   */
  default @Nullable Integer shard(BoundStatement statement, Node node) {
    Sharding sharding = node.sharding();
    Token token = sharding == null ? null : token(statement);
    return sharding == null || token == null ? null : sharding.shardOf(token);
  }

  /**
   * Returns the nodes that hold copies of a token, in the order of the ring; none for a strange
   * keyspace, and none for one of ScyllaDB with tablets, where each table has other nodes.
   *
   * @param keyspace name without quotes, in its exact case
   * @throws IllegalArgumentException when the token is of another partitioner
   */
  List<Node> replicas(String keyspace, Token token);

  /**
   * Returns the nodes that hold copies of a token of a table; none for a strange keyspace. Where
   * the table has tablets they are those of the tablet, in the order of the server, and none as
   * long as no node has told of it.
   *
   * @param keyspace name without quotes, in its exact case
   * @param table name without quotes, in its exact case
   * @throws IllegalArgumentException when the token is of another partitioner
   */
  default List<Node> replicas(String keyspace, String table, Token token) {
    return replicas(keyspace, token);
  }
}
