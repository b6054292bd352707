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
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. Waits until the first node is connected, or until every node has refused. After
 * that it does nothing.
 */
final class OpeningWatch {

  private final int nodes;
  private final @Nullable Runnable allRefused;
  private final Promise<Node> opened;
  private final Map<String, CqlException> refusals = new LinkedHashMap<>();

  /**
   * @param nodes how many nodes are tried
   * @param allRefused called when all have refused and the opening is to go on, or null to give up
   * @param opened completed with the first node that has a connection
   */
  OpeningWatch(int nodes, @Nullable Runnable allRefused, Promise<Node> opened) {
    this.nodes = nodes;
    this.allRefused = allRefused;
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
    if (refusals.size() < nodes) {
      return;
    }
    if (allRefused == null) {
      opened.tryFail(summary());
    } else {
      allRefused.run();
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
