package cqloop.testkit.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process does, of which there is no event to wait on. */
public final class Await {
  private static final long PAUSE_MILLIS = 20;

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param limit the longest wait
   * @param what completes "waited for …" in the error
   * @throws IllegalStateException when the condition does not hold in time
   */
  public static void until(Duration limit, Supplier<String> what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new IllegalStateException(
            "Waited " + limit.toMillis() + " ms in vain for " + what.get() + ".");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The wait for a Cassandra node was interrupted.", e);
    }
  }
}
