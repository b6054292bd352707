package cqloop.netty.exec;

import cqloop.error.ConnectionFailed;
import cqloop.error.CqlException;
import cqloop.metadata.Node;

/** Value. Why a node that a plan names has no pool. */
final class NodeNotUsed {

  private NodeNotUsed() {}

  static CqlException of(Node node) {
    return new ConnectionFailed(
        node.endpoint(), "every load balancing policy of the session ignores this node", null);
  }

  static CqlException unknown(String endpoint) {
    return new ConnectionFailed(
        endpoint, "the statement names this node, but the cluster has none such", null);
  }
}
