package cqloop.netty.exec;

import cqloop.metadata.Node;
import cqloop.metadata.Sharding;
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
   *
   * <p>A pool that was worth waiting for, and was passed over for another with room, stays with the
   * attempt: it is the first to be asked again when the plan is at its end.
   */
  static @Nullable Connection next(
      Attempt attempt, @Nullable QueryPlan plan, LoopEngine engine, Execution execution) {
    Node node = plan == null ? null : plan.next();
    while (plan != null && node != null) {
      NodePool pool = engine.pool(node);
      Connection connection = pool == null ? null : pick(pool, engine, execution.call());
      if (connection != null) {
        attempt.node = node;
        return connection;
      }
      if (pool == null || !pool.isWorthWaiting()) {
        execution.recovery().log().addRefusal(node, pool);
      } else if (attempt.pool == null) {
        attempt.pool = pool;
      } else {
        execution.recovery().passedOver().add(node);
      }
      node = plan.next();
    }
    return again(attempt, engine, execution);
  }

  /** Returns a connection to the right shard if there is one that has room, else any, or null. */
  static @Nullable Connection pick(NodePool pool, LoopEngine engine, Call call) {
    Sharding sharding = pool.sharding();
    return sharding == null ? pool.pick() : pool.pick(call.shard(pool.node(), sharding, engine));
  }

  /** The plan is at its end: asks those again that were passed over. */
  private static @Nullable Connection again(
      Attempt attempt, LoopEngine engine, Execution execution) {
    NodePool first = attempt.pool;
    Call call = execution.call();
    Connection connection = first == null ? null : pick(first, engine, call);
    if (first != null && connection != null) {
      attempt.pool = null;
      attempt.node = first.node();
      return connection;
    }
    PassedOver passedOver = execution.passedOver();
    connection = passedOver == null ? null : passedOver.pick(attempt, engine, call);
    if (connection != null) {
      return connection;
    }
    if (first != null && !first.isWorthWaiting()) {
      execution.recovery().log().addRefusal(first.node(), first);
      attempt.pool = null;
    }
    if (attempt.pool == null && passedOver != null) {
      attempt.pool = passedOver.worthWaiting(engine, execution.recovery().log());
    }
    return null;
  }
}
