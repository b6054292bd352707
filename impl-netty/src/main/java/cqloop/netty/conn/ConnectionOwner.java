package cqloop.netty.conn;

import cqloop.error.CqlException;
import cqloop.netty.message.Event;

/** Loop-owned. Whoever opened a connection hears of it here. */
public interface ConnectionOwner {

  /** The connection can take requests again after it could not. */
  void onAvailable(Connection connection);

  /** The connection takes no new requests, and closes when its last answer has come. */
  void onRetired(Connection connection);

  /** A request was not answered in time, and nothing else was read: the other side may be gone. */
  default void onSuspected(Connection connection) {}

  /** The connection is closed. Called once, after every request on it was told. */
  void onClosed(Connection connection, CqlException reason);

  /** The server pushed an event. */
  void onEvent(Connection connection, Event event);
}
