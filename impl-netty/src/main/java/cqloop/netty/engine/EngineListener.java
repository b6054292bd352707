package cqloop.netty.engine;

import cqloop.ProtocolVersion;
import cqloop.error.CqlException;
import cqloop.metadata.Node;
import cqloop.netty.cluster.LearntTablet;
import cqloop.netty.conn.Connection;
import cqloop.netty.message.Event;
import cqloop.netty.message.SchemaChange;
import java.util.List;

/** Hears what happens on the loops of a session; called on the loop where it happens. */
public interface EngineListener {

  /** This loop has its first connection to the node. */
  void onUp(LoopEngine engine, Node node);

  /** This loop has no connection to the node. */
  void onDown(LoopEngine engine, Node node, CqlException reason);

  /** A request to the node was not answered in time, and nothing else came from it either. */
  default void onSuspected(LoopEngine engine, Node node) {}

  /** A node refuses the version of the session and has taken a connection with this one. */
  default void onOtherVersion(LoopEngine engine, ProtocolVersion version) {}

  /** Another node than this one answers at its address. */
  default void onWrongNode(LoopEngine engine, Node node) {}

  /** A node pushed an event. */
  void onEvent(LoopEngine engine, Connection connection, Event event);

  /** A request of this loop changed the schema, and the nodes agree on it or never will in time. */
  void onSchemaChange(LoopEngine engine, SchemaChange change);

  /** Nodes have told of tablets with their answers, in this order. */
  default void onTablets(LoopEngine engine, List<LearntTablet> learnt) {}

  /** The engine was told to close and its last request has ended. */
  void onIdle(LoopEngine engine);
}
