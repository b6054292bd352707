package cqloop.netty.cluster;

import cqloop.metadata.Node;

/** Home-loop-owned. Hears what the control connection learns. */
public interface ClusterListener {

  /** The cluster is known better than before. */
  void onCluster(ClusterState state);

  /** The cluster says that this node is up: a try to connect is worth while. */
  void onNodeUp(Node node);

  /** The cluster says that this node is down: a hint, the truth is the connection. */
  void onNodeDown(Node node);
}
