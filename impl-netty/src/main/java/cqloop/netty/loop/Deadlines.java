package cqloop.netty.loop;

import static java.util.Objects.requireNonNull;

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
  private final RunningMedian latencies = new RunningMedian();
  private DeadlineQueue recent = mixed;
  private @Nullable ScheduledFuture<?> timer;
  private long timerAtNanos;
  private boolean hasOpen;
  private final Runnable onTimer = this::onTimer;
  private final Runnable expireDue = this::expireDue;

  public Deadlines(EventExecutor loop) {
    this.loop = loop;
    this.ticker = loop.ticker();
  }

  /** Returns how long answers take on this loop, in nanoseconds. */
  public RunningMedian latencies() {
    return latencies;
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
    queue.startOpen(nowNanos);
    deadline.atNanos = nowNanos + durationNanos;
    queue.add(deadline);
    armFor(queue, nowNanos);
  }

  /**
   * Adds a deadline that is not waiting already, whose time runs from the end of this turn of the
   * loop, that is from the next {@link #startOpen}. Of the many requests of one turn none then
   * looks at the clock, which costs as much as writing a small request.
   *
   * @param durationNanos how long to wait, more than 0
   */
  public void addOpen(Deadline deadline, long durationNanos) {
    assert loop.inEventLoop();
    assert deadline.queue == null;
    DeadlineQueue queue = recent.durationNanos == durationNanos ? recent : queueOf(durationNanos);
    if (queue == mixed || timer == null) {
      // Some timer always runs while something waits: when it fires, nothing stays open.
      add(deadline, ticker.nanoTime(), durationNanos);
    } else {
      queue.addOpen(deadline);
      hasOpen = true;
    }
  }

  /** Lets the time of every deadline that is open run from now; the end of a turn. */
  public void startOpen() {
    assert loop.inEventLoop();
    if (!hasOpen) {
      return;
    }
    hasOpen = false;
    long now = ticker.nanoTime();
    for (int i = 0; i < queues.size(); i++) {
      DeadlineQueue queue = queues.get(i);
      if (queue.hasOpen()) {
        queue.startOpen(now);
        armFor(queue, now);
      }
    }
  }

  /** Returns when the time of a deadline that was added with this duration began to run. */
  public long startOf(Deadline deadline, long durationNanos) {
    if (deadline.atNanos == Deadline.OPEN) {
      if (deadline.queue == null) {
        deadline.atNanos = ticker.nanoTime() + durationNanos; // Taken back within its first turn.
      } else {
        startOpen();
      }
    }
    return deadline.atNanos - durationNanos;
  }

  /** Notes the present moment in a deadline that is not waiting and has no duration. */
  public void noteStart(Deadline deadline) {
    deadline.atNanos = ticker.nanoTime();
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
    for (int i = 0; i < queues.size(); i++) {
      if (queues.get(i).first() != null) {
        return false;
      }
    }
    return mixed.first() == null;
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

  /** Has the timer fire for the first deadline of a queue that has one. */
  private void armFor(DeadlineQueue queue, long nowNanos) {
    long atNanos = requireNonNull(queue.first()).atNanos;
    if (timer == null || timerAtNanos - atNanos > 0) {
      arm(atNanos, nowNanos);
    }
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
    startOpen();
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

  /** Returns the first of all whose moments are known, or null. */
  private @Nullable Deadline earliest() {
    Deadline earliest = mixed.first();
    for (int i = 0; i < queues.size(); i++) {
      Deadline first = queues.get(i).first();
      if (first != null
          && first.atNanos != Deadline.OPEN
          && (earliest == null || first.atNanos - earliest.atNanos < 0)) {
        earliest = first;
      }
    }
    return earliest;
  }
}
