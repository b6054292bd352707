package cqloop.examples;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Main thread only. Waits for futures: a command line may, an event loop never. */
final class Wait {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private Wait() {}

  /** Returns the result, or throws what the future failed with. */
  static <T> T on(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The tour was interrupted.", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("No result after " + LIMIT.toSeconds() + " s.", e);
    }
  }
}
