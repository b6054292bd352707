package cqloop.netty.engine;

import cqloop.error.RequestThrottled;
import cqloop.error.SessionClosed;
import cqloop.netty.engine.Admission.State;
import cqloop.netty.loop.Counter;
import cqloop.spi.Throttle;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The requests of one event loop in the order in which its throttle lets them begin.
 * The policy only says when; here is who waits, so that no policy can lose a request.
 */
public final class Admissions {

  private final Throttle throttle;
  private final EventLoop loop;
  private final Counter waiting = new Counter();
  private final Counter refused = new Counter();
  private @Nullable Admission first;
  private @Nullable Admission last;
  private @Nullable ScheduledFuture<?> wakeUp;
  private int running;
  private boolean admitting;
  private boolean closed;

  Admissions(Throttle throttle, EventLoop loop) {
    this.throttle = throttle;
    this.loop = loop;
  }

  /**
   * Lets a request begin, wait, or refuses it.
   *
   * @return whether it begins now; else it is told later, or was told that it is refused
   */
  public boolean admit(Admission request) {
    assert loop.inEventLoop();
    if (closed) {
      request.state = State.LEFT;
      request.onRefused(new SessionClosed(false));
      return false;
    }
    // Nobody overtakes those who wait.
    long wait = first == null ? ask() : Throttle.AFTER_AN_END;
    if (wait == 0) {
      request.state = State.RUNNING;
      running++;
      return true;
    }
    if (waiting.get() >= throttle.maxWaiting()) {
      request.state = State.LEFT;
      refused.add(1);
      request.onRefused(new RequestThrottled(throttle.maxWaiting()));
      return false;
    }
    add(request);
    if (first == request) {
      wakeUpAfter(wait);
    }
    return false;
  }

  /** A request has ended, or gives up waiting. Does nothing when it has left already. */
  public void leave(Admission request) {
    assert loop.inEventLoop();
    State before = request.state;
    request.state = State.LEFT;
    if (before == State.WAITING) {
      remove(request);
    } else if (before == State.RUNNING) {
      running--;
      throttle.onEnd();
      admitWaiting();
    }
  }

  /** Refuses those that wait and all that come. */
  void close() {
    closed = true;
    stopWakeUp();
    Admission request = first;
    while (request != null) {
      remove(request);
      request.state = State.LEFT;
      request.onRefused(new SessionClosed(false));
      request = first;
    }
  }

  /** How many requests wait. */
  public Counter waiting() {
    return waiting;
  }

  /** How many requests found the queue full. */
  public Counter refused() {
    return refused;
  }

  /** One that begins may end at once, and lets the next one begin: a loop, not a recursion. */
  private void admitWaiting() {
    if (admitting) {
      return;
    }
    admitting = true;
    try {
      while (first != null) {
        long wait = ask();
        if (wait != 0) {
          wakeUpAfter(wait);
          return;
        }
        Admission next = first;
        remove(next);
        next.state = State.RUNNING;
        running++;
        next.onAdmitted();
      }
    } finally {
      admitting = false;
    }
  }

  /** A policy that waits for an end while nothing runs would wait for ever. */
  private long ask() {
    long wait = throttle.tryBegin();
    return wait < 0 && running == 0 ? 0 : wait;
  }

  private void wakeUpAfter(long nanos) {
    if (nanos > 0 && wakeUp == null) {
      wakeUp = loop.schedule(this::onWakeUp, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void onWakeUp() {
    wakeUp = null;
    admitWaiting();
  }

  private void stopWakeUp() {
    if (wakeUp != null) {
      wakeUp.cancel(false);
      wakeUp = null;
    }
  }

  private void add(Admission request) {
    request.state = State.WAITING;
    request.before = last;
    if (last == null) {
      first = request;
    } else {
      last.after = request;
    }
    last = request;
    waiting.add(1);
  }

  private void remove(Admission request) {
    Admission before = request.before;
    Admission after = request.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    request.before = null;
    request.after = null;
    waiting.add(-1);
    if (first == null) {
      stopWakeUp();
    }
  }
}
