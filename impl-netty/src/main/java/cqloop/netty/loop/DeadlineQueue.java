package cqloop.netty.loop;

import org.jspecify.annotations.Nullable;

/** Loop-owned. Deadlines in the order of their moments, as a doubly linked list. */
final class DeadlineQueue {

  /** What every deadline here waits, or -1 when they differ. */
  final long durationNanos;

  private @Nullable Deadline first;
  private @Nullable Deadline last;

  /** From here to the end, the moments are still open. */
  private @Nullable Deadline firstOpen;

  DeadlineQueue(long durationNanos) {
    this.durationNanos = durationNanos;
  }

  @Nullable Deadline first() {
    return first;
  }

  boolean hasOpen() {
    return firstOpen != null;
  }

  /** Adds a deadline whose moment stays open until {@link #startOpen}. */
  void addOpen(Deadline deadline) {
    deadline.atNanos = Deadline.OPEN;
    deadline.queue = this;
    deadline.previous = last;
    if (last == null) {
      first = deadline;
    } else {
      last.next = deadline;
    }
    last = deadline;
    if (firstOpen == null) {
      firstOpen = deadline;
    }
  }

  /** Lets the time of all that are open run from this moment. */
  void startOpen(long nowNanos) {
    for (Deadline open = firstOpen; open != null; open = open.next) {
      open.atNanos = nowNanos + durationNanos;
    }
    firstOpen = null;
  }

  /** Adds a deadline, of which none is open: at the end, unless later ones are there already. */
  void add(Deadline deadline) {
    Deadline before = last;
    while (before != null && before.atNanos - deadline.atNanos > 0) {
      before = before.previous;
    }
    deadline.queue = this;
    deadline.previous = before;
    Deadline after = before == null ? first : before.next;
    deadline.next = after;
    if (before == null) {
      first = deadline;
    } else {
      before.next = deadline;
    }
    if (after == null) {
      last = deadline;
    } else {
      after.previous = deadline;
    }
  }

  void remove(Deadline deadline) {
    Deadline before = deadline.previous;
    Deadline after = deadline.next;
    if (deadline == firstOpen) {
      firstOpen = after;
    }
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    deadline.queue = null;
    deadline.previous = null;
    deadline.next = null;
  }
}
