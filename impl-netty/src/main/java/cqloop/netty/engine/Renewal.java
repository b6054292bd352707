package cqloop.netty.engine;

import cqloop.netty.conn.Connection;
import cqloop.netty.pool.NodePool;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Replaces the connections of one loop, one after the other, evenly over a time: new
 * handshakes are dear, and what is wrong with new keys should show on one connection, not on all.
 */
final class Renewal {

  /** Value. A connection and the pool that it belongs to. */
  private record Step(NodePool pool, Connection connection) {}

  private final EventLoop loop;
  private final Queue<Step> steps = new ArrayDeque<>();
  private @Nullable ScheduledFuture<?> next;
  private long everyNanos;

  Renewal(EventLoop loop) {
    this.loop = loop;
  }

  /** Replaces all connections of these pools, the last one at the end of this time. */
  void start(@Nullable NodePool[] pools, long overNanos) {
    for (NodePool pool : pools) {
      if (pool != null) {
        add(pool);
      }
    }
    if (!steps.isEmpty()) {
      everyNanos = overNanos / steps.size();
      plan();
    }
  }

  private void add(NodePool pool) {
    for (Connection connection : pool.connections()) {
      steps.add(new Step(pool, connection));
    }
  }

  /** Leaves the rest as it is. */
  void stop() {
    steps.clear();
    if (next != null) {
      next.cancel(false);
    }
  }

  private void plan() {
    next = loop.schedule(this::renewNext, everyNanos, TimeUnit.NANOSECONDS);
  }

  private void renewNext() {
    Step step = steps.poll();
    if (step != null) {
      step.pool().renew(step.connection());
      if (!steps.isEmpty()) {
        plan();
      }
    }
  }
}
