package cqloop.netty.engine;

import cqloop.error.WrongNode;
import cqloop.metadata.Node;
import cqloop.netty.cluster.IdentityCheck;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.Opening;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.pool.NodePool;
import io.vertx.core.Completable;
import java.util.List;
import java.util.function.Consumer;

/**
 * Loop-owned. Makes sure that connections lead to the nodes that they were opened for, unless the
 * options say that addresses stand for many nodes.
 */
final class NodeVerifier {

  private final boolean enabled;
  private final Deadlines deadlines;
  private final SharedState shared;
  private final Consumer<Node> onWrongNode;

  /**
   * @param enabled whether to ask at all
   * @param onWrongNode told the node at whose address another one answers
   */
  NodeVerifier(
      boolean enabled, Deadlines deadlines, SharedState shared, Consumer<Node> onWrongNode) {
    this.enabled = enabled;
    this.deadlines = deadlines;
    this.shared = shared;
    this.onWrongNode = onWrongNode;
  }

  /**
   * Asks a new connection which node it leads to.
   *
   * @param done completed once, with the connection or with the reason why it was closed
   */
  Opening verify(Connection connection, Node node, Completable<Connection> done) {
    if (!enabled) {
      done.succeed(connection);
      return Opening.NOTHING;
    }
    return ask(
        connection,
        node,
        (verified, failure) -> {
          if (failure != null) {
            connection.close("it was not verified: " + failure.getMessage());
          }
          done.complete(verified, failure);
        });
  }

  /**
   * Asks the connections of a contact point, whose host id was not known before. They serve
   * meanwhile, and only a node that is another one ends them.
   */
  void verifyAll(NodePool pool) {
    if (enabled) {
      for (Connection connection : List.copyOf(pool.connections())) {
        ask(
            connection,
            pool.node(),
            (verified, failure) -> {
              if (failure instanceof WrongNode) {
                connection.close(String.valueOf(failure.getMessage()));
              }
            });
      }
    }
  }

  private Opening ask(Connection connection, Node node, Completable<Connection> done) {
    return IdentityCheck.ask(
        connection,
        deadlines,
        node,
        shared.topology().clusterName(),
        (verified, failure) -> {
          if (failure instanceof WrongNode) {
            onWrongNode.accept(node);
          }
          done.complete(verified, failure);
        });
  }
}
