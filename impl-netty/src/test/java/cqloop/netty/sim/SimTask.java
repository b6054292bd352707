package cqloop.netty.sim;

import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** Loop-owned. A task of a simulated loop that runs later, once or again and again. */
final class SimTask<V> extends DefaultPromise<V> implements ScheduledFuture<V> {

  private final SimLoop loop;
  private final Callable<V> task;
  private final long periodNanos;
  private SimWorld.Event event;

  SimTask(SimLoop loop, Callable<V> task, long delayNanos, long periodNanos) {
    super(loop);
    this.loop = loop;
    this.task = task;
    this.periodNanos = periodNanos;
    this.event = loop.later(delayNanos, this::run);
  }

  private void run() {
    if (periodNanos > 0) {
      call();
      if (!isDone()) {
        event = loop.later(periodNanos, this::run);
      }
    } else if (setUncancellable()) {
      V result = call();
      if (!isDone()) {
        setSuccess(result);
      }
    }
  }

  private V call() {
    try {
      return task.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      event.cancel();
    }
    return cancelled;
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(event.atNanos() - loop.ticker().nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
  }
}
