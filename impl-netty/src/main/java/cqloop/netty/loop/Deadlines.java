package cqloop.netty.loop;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The deadlines of one event loop. Requests of one timeout expire in the order in which
 * they began, so there is one queue per distinct duration: adding and cancelling cost the same
 * however many wait, and the loop has one timer.
 */
public final class Deadlines {

  /** Beyond this many distinct durations, the rest share one queue that is kept in order. */
  static final int MAX_QUEUES = 32;

  /**
   * A timer that fires later than this shows that the loop was held up. What the other side has
   * sent in the meantime is then read first, so that nothing is declared late that has arrived.
   */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Timers need not be finer than this: it bounds how often the timer is set anew. */
  private static final long GRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final EventExecutor loop;
  private final Ticker ticker;
  private final List<DeadlineQueue> queues = new ArrayList<>();
  private final DeadlineQueue mixed = new DeadlineQueue(-1);
  private DeadlineQueue recent = mixed;
  private @Nullable ScheduledFuture<?> timer;
  private long timerAtNanos;
  private final Runnable onTimer = this::onTimer;
  private final Runnable expireDue = this::expireDue;

  public Deadlines(EventExecutor loop) {
    this.loop = loop;
    this.ticker = loop.ticker();
  }

  /** Returns the time of this loop, in nanoseconds from an arbitrary moment. */
  public long nanoTime() {
    return ticker.nanoTime();
  }

  /**
   * Adds a deadline that is not waiting already.
   *
   * @param nowNanos the present moment, by {@link #nanoTime}
   * @param durationNanos how long to wait, more than 0
   */
  public void add(Deadline deadline, long nowNanos, long durationNanos) {
    assert loop.inEventLoop();
    assert deadline.queue == null;
    DeadlineQueue queue = recent.durationNanos == durationNanos ? recent : queueOf(durationNanos);
    deadline.atNanos = nowNanos + durationNanos;
    queue.add(deadline);
    if (timer == null || timerAtNanos - deadline.atNanos > 0) {
      arm(deadline.atNanos, nowNanos);
    }
  }

  /** Takes a deadline back; does nothing when it has passed or was never added. */
  public void cancel(Deadline deadline) {
    assert loop.inEventLoop();
    DeadlineQueue queue = deadline.queue;
    if (queue != null) {
      queue.remove(deadline);
    }
  }

  /** Stops the timer when nothing waits, so that the loop holds nothing of this. */
  public void stopWhenEmpty() {
    assert loop.inEventLoop();
    if (timer != null && isEmpty()) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** Returns whether nothing waits. */
  public boolean isEmpty() {
    return earliest() == null;
  }

  private DeadlineQueue queueOf(long durationNanos) {
    for (int i = 0; i < queues.size(); i++) {
      if (queues.get(i).durationNanos == durationNanos) {
        return recent = queues.get(i);
      }
    }
    queues.removeIf(queue -> queue.first() == null);
    if (queues.size() >= MAX_QUEUES) {
      return mixed;
    }
    DeadlineQueue queue = new DeadlineQueue(durationNanos);
    queues.add(queue);
    return recent = queue;
  }

  private void arm(long atNanos, long nowNanos) {
    if (timer != null) {
      timer.cancel(false);
    }
    timerAtNanos = atNanos;
    long wait = Math.max(GRAIN_NANOS, atNanos - nowNanos);
    timer = loop.schedule(onTimer, wait, TimeUnit.NANOSECONDS);
  }

  private void onTimer() {
    timer = null;
    if (ticker.nanoTime() - timerAtNanos > LATE_NANOS) {
      loop.execute(expireDue);
    } else {
      expireDue();
    }
  }

  private void expireDue() {
    long now = ticker.nanoTime();
    Deadline due = earliest();
    while (due != null && due.atNanos - now <= 0) {
      cancel(due);
      due.onDeadline();
      due = earliest();
    }
    // What a deadline did may have set the timer for a moment beyond the next one.
    if (due != null && (timer == null || timerAtNanos - due.atNanos > 0)) {
      arm(due.atNanos, now);
    }
  }

  private @Nullable Deadline earliest() {
    Deadline earliest = mixed.first();
    for (int i = 0; i < queues.size(); i++) {
      Deadline first = queues.get(i).first();
      if (first != null && (earliest == null || first.atNanos - earliest.atNanos < 0)) {
        earliest = first;
      }
    }
    return earliest;
  }
}
