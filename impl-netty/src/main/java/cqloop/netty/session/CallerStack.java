package cqloop.netty.session;

import cqloop.error.CqlException;
import io.vertx.core.Future;

/**
 * Value. Where a request was made: {@code request.callerStack}. A failure that it is added to is
 * copied before, since others may have been given the same.
 */
final class CallerStack {

  /** Its frames are only looked at when the request fails. */
  private final Throwable here = new Throwable();

  /** Returns a failure with this stack; one that is not of this driver has its own and keeps it. */
  Throwable in(Throwable failure) {
    return failure instanceof CqlException typed
        ? typed.withCallerStack(here.getStackTrace())
        : failure;
  }

  /** Returns a future with the same outcome, with this stack in failures. */
  <T> Future<T> on(Future<T> future) {
    return future.recover(failure -> Future.failedFuture(in(failure)));
  }
}
