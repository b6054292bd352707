package cqloop.netty.exec;

import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.pool.NodePool;
import cqloop.spi.QueryPlan;
import org.jspecify.annotations.Nullable;

/** Loop-owned. Walks along a plan to the next node that takes a request now. */
final class NodeSearch {

  private NodeSearch() {}

  /**
   * Returns a connection to the next node that has room, which becomes the node of the attempt; or
   * null when none has: the attempt then knows the first pool that is worth waiting for, if any.
   */
  static @Nullable Connection next(
      Attempt attempt, @Nullable QueryPlan plan, LoopEngine engine, Execution execution) {
    attempt.pool = null;
    Node node = plan == null ? null : plan.next();
    while (plan != null && node != null) {
      NodePool pool = engine.pool(node);
      Connection connection = pool == null ? null : pool.pick();
      if (connection != null) {
        attempt.node = node;
        return connection;
      }
      if (attempt.pool == null && pool != null && pool.isWorthWaiting()) {
        attempt.pool = pool;
      } else {
        execution.failures().addRefusal(node, pool);
      }
      node = plan.next();
    }
    return null;
  }
}
