package cqloop.netty.cluster;

import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.message.SchemaChange;

/** Home-loop-owned. Hears what the control connection learns. */
public interface ClusterListener {

  /** The cluster is known better than before. */
  void onCluster(ClusterState state);

  /**
   * A control connection was registered for events and has been read from; changes of the schema
   * may be read over it.
   */
  void onControlConnection(Connection opened);

  /** The cluster says that something was changed. */
  void onSchemaChange(SchemaChange change);

  /** The cluster says that this node is up: a try to connect is worth while. */
  void onNodeUp(Node node);

  /** The cluster can be followed again after no node could be reached. */
  default void onRecovered() {}

  /** The cluster says that this node is down: a hint, the truth is the connection. */
  void onNodeDown(Node node);
}
