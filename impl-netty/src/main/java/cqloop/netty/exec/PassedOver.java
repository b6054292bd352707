package cqloop.netty.exec;

import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.pool.NodePool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The nodes of a plan that had no room when their turn came, but were worth waiting
 * for: being connected to for the first time, or busy. They are asked again before the execution
 * gives up, since the node that was asked instead may fail.
 */
final class PassedOver {

  /** Bound of the nodes that are remembered; the plan of a large cluster has many more. */
  static final int LIMIT = 16;

  private final List<Node> nodes = new ArrayList<>(0);

  void add(Node node) {
    if (nodes.size() < LIMIT) {
      nodes.add(node);
    }
  }

  /** Takes what an attempt could have waited for and does not any more: a pool, or null. */
  void inherit(@Nullable NodePool pool) {
    if (pool != null) {
      add(pool.node());
    }
  }

  /** Returns a connection to the first that has room by now, which becomes the attempt's node. */
  @Nullable Connection pick(Attempt attempt, LoopEngine engine, Call call) {
    for (int i = 0; i < nodes.size(); i++) {
      NodePool pool = engine.pool(nodes.get(i));
      Connection connection = pool == null ? null : NodeSearch.pick(pool, engine, call);
      if (connection != null) {
        attempt.node = nodes.remove(i);
        return connection;
      }
    }
    return null;
  }

  /** Notes those that were not asked. */
  void tell(LoopEngine engine, FailureLog log) {
    for (int i = 0; i < nodes.size(); i++) {
      NodePool pool = engine.pool(nodes.get(i));
      if (pool != null) {
        log.addPassedOver(pool);
      }
    }
  }

  /** Returns the first that is still worth waiting for, and forgets it and those before. */
  @Nullable NodePool worthWaiting(LoopEngine engine, FailureLog log) {
    while (!nodes.isEmpty()) {
      Node node = nodes.remove(0);
      NodePool pool = engine.pool(node);
      if (pool != null && pool.isWorthWaiting()) {
        return pool;
      }
      log.addRefusal(node, pool);
    }
    return null;
  }
}
