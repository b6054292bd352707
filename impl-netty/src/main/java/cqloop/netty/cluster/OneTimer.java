package cqloop.netty.cluster;

import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Home-loop-owned. One task that is planned at most once at a time. */
final class OneTimer {

  private final EventLoop loop;
  private final Runnable task;
  private @Nullable ScheduledFuture<?> planned;

  OneTimer(EventLoop loop, Runnable task) {
    this.loop = loop;
    this.task = task;
  }

  /** Plans the task, in place of what was planned. */
  void plan(long delayNanos) {
    cancel();
    planned =
        loop.schedule(
            () -> {
              planned = null;
              task.run();
            },
            delayNanos,
            TimeUnit.NANOSECONDS);
  }

  /** Plans the task, unless it is planned no later. */
  void planAtLatest(long delayNanos) {
    ScheduledFuture<?> present = planned;
    if (present == null || present.getDelay(TimeUnit.NANOSECONDS) > delayNanos) {
      plan(delayNanos);
    }
  }

  void cancel() {
    if (planned != null) {
      planned.cancel(false);
      planned = null;
    }
  }
}
