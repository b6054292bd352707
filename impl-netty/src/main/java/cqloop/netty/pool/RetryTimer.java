package cqloop.netty.pool;

import cqloop.spi.ReconnectionPolicy;
import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. When a pool tries to connect again: by the schedule of the reconnection policy, or at
 * once when there is reason to hope.
 */
final class RetryTimer {

  /** Out of turn, a node that is down is tried at most this often. */
  private static final long HURRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop loop;
  private final ReconnectionPolicy reconnection;
  private final Runnable task;
  private ReconnectionPolicy.@Nullable Schedule schedule;
  private @Nullable ScheduledFuture<?> planned;
  private boolean hurried;
  private long hurriedNanos;

  RetryTimer(EventLoop loop, ReconnectionPolicy reconnection, Runnable task) {
    this.loop = loop;
    this.reconnection = reconnection;
    this.task = task;
  }

  /** Tells whether a try is planned. */
  boolean isWaiting() {
    return planned != null;
  }

  /** Plans the next try of the schedule, unless one is planned. */
  void later() {
    if (planned == null) {
      if (schedule == null) {
        schedule = reconnection.newSchedule();
      }
      plan(TimeUnit.MILLISECONDS.toNanos(schedule.nextDelayMillis()), task);
    }
  }

  /**
   * Has the planned try happen now; when that was done just now, a moment later. Events are hints,
   * and may come in swarms.
   */
  void hurry() {
    ScheduledFuture<?> present = planned;
    if (present == null) {
      return;
    }
    long wait = hurried ? HURRY_NANOS - (loop.ticker().nanoTime() - hurriedNanos) : 0;
    if (wait <= 0) {
      stop();
      runHurried();
    } else if (present.getDelay(TimeUnit.NANOSECONDS) > wait) {
      stop();
      plan(wait, this::runHurried);
    }
  }

  /** The node has been good: the next outage begins a schedule of its own. */
  void reset() {
    schedule = null;
  }

  void stop() {
    if (planned != null) {
      planned.cancel(false);
      planned = null;
    }
  }

  private void runHurried() {
    hurried = true;
    hurriedNanos = loop.ticker().nanoTime();
    task.run();
  }

  private void plan(long delayNanos, Runnable what) {
    planned =
        loop.schedule(
            () -> {
              planned = null;
              what.run();
            },
            delayNanos,
            TimeUnit.NANOSECONDS);
  }
}
