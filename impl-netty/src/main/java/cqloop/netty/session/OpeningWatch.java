package cqloop.netty.session;

import cqloop.error.AuthenticationFailed;
import cqloop.error.CqlException;
import cqloop.error.KeyspaceFailed;
import cqloop.error.NoNodeAvailable;
import cqloop.error.TlsFailed;
import cqloop.error.UnsupportedProtocolVersion;
import cqloop.metadata.Node;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Home-loop-owned. Waits until the first node is connected, or until every node has refused. After
 * that it does nothing.
 */
final class OpeningWatch {

  private final int nodes;
  private final boolean keepTrying;
  private final Promise<Node> opened;
  private final Map<String, CqlException> refusals = new LinkedHashMap<>();

  /**
   * @param nodes how many nodes are tried
   * @param keepTrying whether to go on by the reconnection policy when all have refused
   * @param opened completed with the first node that has a connection
   */
  OpeningWatch(int nodes, boolean keepTrying, Promise<Node> opened) {
    this.nodes = nodes;
    this.keepTrying = keepTrying;
    this.opened = opened;
  }

  void onUp(Node node) {
    opened.tryComplete(node);
  }

  void onDown(Node node, CqlException reason) {
    if (opened.future().isComplete()) {
      return;
    }
    refusals.put(node.endpoint(), reason);
    if (refusals.size() >= nodes && !keepTrying) {
      opened.tryFail(summary());
    }
  }

  /** What all nodes refuse for one reason is that reason, not the absence of nodes. */
  private CqlException summary() {
    CqlException first = refusals.values().iterator().next();
    boolean telling =
        first instanceof AuthenticationFailed
            || first instanceof KeyspaceFailed
            || first instanceof TlsFailed
            || first instanceof UnsupportedProtocolVersion;
    for (CqlException reason : refusals.values()) {
      telling &= reason.getClass() == first.getClass();
    }
    return telling ? first : new NoNodeAvailable(refusals);
  }
}
