package cqloop.netty.pool;

import cqloop.error.AuthenticationFailed;
import cqloop.error.ConnectionFailed;
import cqloop.error.CqlException;
import cqloop.error.WrongNode;
import cqloop.metadata.Node;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. What a pool tells of its node: once that it is up or down, once that it refuses what
 * will not change by itself, and why there is no connection.
 */
final class NodeReports {

  private static final Logger LOG = LoggerFactory.getLogger(NodeReports.class);

  private final PoolListener listener;
  private boolean toldDown;
  private boolean toldRefused;
  private @Nullable CqlException lastFailure;

  NodeReports(PoolListener listener) {
    this.listener = listener;
  }

  /**
   * A connection takes requests.
   *
   * @param first whether there was no other one
   */
  void onServing(Node node, boolean first) {
    lastFailure = null;
    toldRefused = false;
    if (first) {
      toldDown = false;
      listener.onUp(node);
    }
  }

  /** No connection could be opened. */
  void onRefused(CqlException reason) {
    boolean lasting = reason instanceof AuthenticationFailed || reason instanceof WrongNode;
    if (lasting && !toldRefused) {
      // No request need fail of it while older connections serve, so nobody else would tell.
      toldRefused = true;
      LOG.warn(
          "New connections come to nothing, and are tried again later: " + reason.getMessage());
    }
  }

  /** There is no connection any more, and perhaps another one is being opened. */
  void onNone(CqlException reason, boolean connecting) {
    lastFailure = connecting ? null : reason;
  }

  void tellDown(Node node, CqlException reason) {
    if (!toldDown) {
      toldDown = true;
      listener.onDown(node, reason);
    }
  }

  /** Tells whether there is no connection, and none is being opened for the first time. */
  boolean hasFailed() {
    return lastFailure != null;
  }

  /** Returns why there is no connection. */
  CqlException lastFailure(Node node) {
    return lastFailure == null
        ? new ConnectionFailed(node.endpoint(), "no connection is open yet", null)
        : lastFailure;
  }
}
