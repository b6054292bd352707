package cqloop.netty.pool;

import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ConnectionOwner;
import cqloop.netty.conn.Opening;
import io.vertx.core.Completable;

/** Loop-owned. Opens connections for pools. */
@FunctionalInterface
public interface ConnectionSource {

  /** Opens a connection to the node. The completable is completed on the loop, once. */
  Opening open(Node node, ConnectionOwner owner, Completable<Connection> done);
}
