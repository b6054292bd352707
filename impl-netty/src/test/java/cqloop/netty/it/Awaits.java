package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import cqloop.RowSet;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits of the test thread, each with a bound. */
public final class Awaits {

  /** Far more than anything takes that is to happen at once. */
  public static final Duration SOON = Duration.ofSeconds(5);

  private static final long LIMIT_SECONDS = 30;

  private Awaits() {}

  public static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("Expected success, got " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("No outcome within " + LIMIT_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Returns the failure, which must be of this type. */
  public static <E extends Throwable> E failure(Class<E> type, Future<?> future) {
    Throwable cause = failure(future);
    assertThat(cause).isInstanceOf(type);
    return type.cast(cause);
  }

  public static Throwable failure(Future<?> future) {
    try {
      Object value =
          future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      return fail("Expected a failure, got " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (TimeoutException e) {
      throw new AssertionError("No outcome within " + LIMIT_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Returns the future when it is complete. */
  public static <T> Future<T> outcome(Future<T> future) {
    get(future.transform((value, failure) -> Future.succeededFuture()));
    return future;
  }

  /** Executes until it succeeds, and returns that result. */
  public static RowSet served(Duration limit, Supplier<Future<RowSet>> request) {
    AtomicReference<Future<RowSet>> last = new AtomicReference<>();
    try {
      until(
          "the session serves again",
          limit,
          () -> {
            last.set(outcome(request.get()));
            return last.get().succeeded();
          });
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage(), last.get().cause());
    }
    return last.get().result();
  }

  /** Waits for what no future tells, such as the end of a socket on the other side. */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("Not within " + limit + ": " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
