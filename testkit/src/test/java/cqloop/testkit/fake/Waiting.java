package cqloop.testkit.fake;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Value. Waits in test threads, with a bound. */
final class Waiting {
  private Waiting() {}

  static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
