package cqloop.netty.pool;

import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ConnectionOwner;
import cqloop.netty.conn.Opening;
import cqloop.netty.conn.ShardPort;
import io.vertx.core.Completable;
import org.jspecify.annotations.Nullable;

/** Loop-owned. Opens connections for pools. */
@FunctionalInterface
public interface ConnectionSource {

  /**
   * Opens a connection to the node. The completable is completed on the loop, once.
   *
   * @param shard how to get a connection to a certain shard, or null for any
   */
  Opening open(
      Node node, @Nullable ShardPort shard, ConnectionOwner owner, Completable<Connection> done);
}
