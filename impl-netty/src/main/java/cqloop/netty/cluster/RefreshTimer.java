package cqloop.netty.cluster;

import cqloop.netty.loop.Interval;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Home-loop-owned. When the cluster is read again: soon after something was announced, and now and
 * then without that, because an announcement may be lost.
 */
final class RefreshTimer {

  /** Events come in swarms: what they announce is read once, this long after the first. */
  private static final long DEBOUNCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final OneTimer timer;
  private final Interval interval;
  private boolean dirty;
  private boolean closed;

  /**
   * @param read reads the cluster
   * @param interval how often it is read without any event
   */
  RefreshTimer(EventLoop loop, Runnable read, Interval interval) {
    this.timer = new OneTimer(loop, read);
    this.interval = interval;
  }

  /** Something was announced; many calls are one reading. */
  void soon() {
    dirty = true;
    plan(DEBOUNCE_NANOS);
  }

  /** A reading begins: what is announced from now on may be missing in it. */
  void onBegin() {
    dirty = false;
  }

  /** A reading has succeeded. */
  void onRead() {
    plan(dirty ? DEBOUNCE_NANOS : interval.next());
  }

  /** There are no more readings. */
  void close() {
    closed = true;
    timer.cancel();
  }

  private void plan(long delayNanos) {
    if (delayNanos > 0 && !closed) {
      timer.planAtLatest(delayNanos);
    }
  }
}
