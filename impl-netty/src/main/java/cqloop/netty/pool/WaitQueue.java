package cqloop.netty.pool;

import cqloop.error.CqlException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The requests that wait for one pool, first come first served. One that gives up
 * leaves at once for the limit, and its place is swept when such places are more than the others.
 */
final class WaitQueue {

  private static final int SWEEP_FROM = 64;

  private final WaitingRoom room;
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
  private int live;

  WaitQueue(WaitingRoom room) {
    this.room = room;
  }

  /** Adds a waiter; returns false when the room of the loop is full. */
  boolean add(Waiter waiter) {
    if (!room.enter()) {
      return false;
    }
    waiter.setWaiting(true);
    waiters.add(waiter);
    live++;
    return true;
  }

  void cancel(Waiter waiter) {
    if (waiter.isWaiting()) {
      leave(waiter);
      if (waiters.size() > SWEEP_FROM && waiters.size() > 2 * live) {
        waiters.removeIf(place -> !place.isWaiting());
      }
    }
  }

  @Nullable Waiter poll() {
    Waiter waiter = waiters.poll();
    while (waiter != null && !waiter.isWaiting()) {
      waiter = waiters.poll();
    }
    if (waiter != null) {
      leave(waiter);
    }
    return waiter;
  }

  /** Tells all that there will be no connection soon. */
  void failAll(CqlException reason) {
    Waiter waiter = poll();
    while (waiter != null) {
      waiter.onNoConnection(reason);
      waiter = poll();
    }
  }

  boolean isEmpty() {
    return live == 0;
  }

  /** Returns how many places there are, those of waiters that have left included. */
  int places() {
    return waiters.size();
  }

  private void leave(Waiter waiter) {
    waiter.setWaiting(false);
    live--;
    room.leave();
  }
}
