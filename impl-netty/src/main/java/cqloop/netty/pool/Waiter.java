package cqloop.netty.pool;

import cqloop.error.CqlException;
import cqloop.netty.conn.Connection;

/** Loop-owned. A request that waits for room on a connection. It is told the outcome once. */
public interface Waiter {

  /** There is a connection that takes a request now. */
  void onConnection(Connection connection);

  /** There will be no connection soon. */
  void onNoConnection(CqlException reason);

  /** Tells what {@link #setWaiting} was given last; false at first. */
  boolean isWaiting();

  /** For the queue: remembers whether this waits. */
  void setWaiting(boolean waiting);
}
