package cqloop.retry;

import java.util.concurrent.atomic.AtomicLong;

/** Any thread. The order of the timestamps of one session: what the last one was. */
final class TimestampOrder {

  // Two loops that write one row must not give it the same time, so this one number is shared.
  private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

  /** Returns the given time, or the one after the last where the given one is not later. */
  long next(long micros) {
    while (true) {
      long before = last.get();
      long next = before < micros ? micros : before + 1;
      if (last.compareAndSet(before, next)) {
        return next;
      }
    }
  }
}
