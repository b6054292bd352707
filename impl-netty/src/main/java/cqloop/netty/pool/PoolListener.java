package cqloop.netty.pool;

import cqloop.error.CqlException;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.message.Event;

/** Loop-owned. Hears what becomes of the pools of a loop. */
public interface PoolListener {

  /** The first connection to the node is open. */
  void onUp(Node node);

  /** The last connection to the node is lost, or none could be opened. */
  void onDown(Node node, CqlException reason);

  /** A request to the node was not answered in time, and nothing else came from it either. */
  void onSuspected(Node node);

  /** A node pushed an event on one of the connections. */
  void onEvent(Connection connection, Event event);
}
