package cqloop.testkit.fake;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Value. Waits for a condition that has no future, with a bound. */
final class Polling {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Polling() {}

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the condition did not come true within 10 s");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
