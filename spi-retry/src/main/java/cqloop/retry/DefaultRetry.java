package cqloop.retry;

import cqloop.error.ConnectionClosed;
import cqloop.error.IsBootstrapping;
import cqloop.error.Overloaded;
import cqloop.error.ReadTimeout;
import cqloop.error.RequestTimeout;
import cqloop.error.ServerError;
import cqloop.error.TruncateError;
import cqloop.error.Unavailable;
import cqloop.error.WriteTimeout;
import cqloop.error.WriteType;
import cqloop.spi.FailedAttempt;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;

/**
 * Value. Repeats a request only where it helps and cannot do harm.
 *
 * <ul>
 *   <li>Read timeout: once more on the same node, if enough replicas answered and only the data are
 *       missing; they come from another replica then.
 *   <li>Write timeout: once more on the same node, if it was the log of a batch that timed out and
 *       the batch is idempotent.
 *   <li>Unavailable: once more, on the next node, which may see more of the replicas.
 *   <li>Overloaded, server error, truncate error, connection lost, attempt out of time: on the next
 *       node, if idempotent.
 *   <li>Everything else goes to the caller.
 * </ul>
 */
final class DefaultRetry implements RetryPolicy {

  @Override
  public RetryVerdict onFailure(FailedAttempt failure) {
    Throwable error = failure.error();
    if (error instanceof ReadTimeout timeout) {
      return onReadTimeout(failure, timeout);
    }
    if (error instanceof WriteTimeout timeout) {
      boolean again =
          failure.retries() == 0
              && failure.isIdempotent()
              && timeout.writeType().equals(WriteType.BATCH_LOG);
      return again ? RetryVerdict.RETRY_SAME : RetryVerdict.RETHROW;
    }
    if (error instanceof Unavailable) {
      // Nothing was executed, so this holds for requests that are not idempotent too.
      return failure.retries() == 0 ? RetryVerdict.RETRY_NEXT : RetryVerdict.RETHROW;
    }
    if (error instanceof IsBootstrapping) {
      return RetryVerdict.RETRY_NEXT;
    }
    return failure.isIdempotent() && isTroubleOfOneNode(error)
        ? RetryVerdict.RETRY_NEXT
        : RetryVerdict.RETHROW;
  }

  private static RetryVerdict onReadTimeout(FailedAttempt failure, ReadTimeout timeout) {
    // A serial read may finish a conditional write that somebody else began: it is no plain read.
    boolean harmless = failure.isIdempotent() || !failure.consistency().isSerial();
    boolean again =
        failure.retries() == 0
            && harmless
            && timeout.received() >= timeout.required()
            && !timeout.dataPresent();
    return again ? RetryVerdict.RETRY_SAME : RetryVerdict.RETHROW;
  }

  private static boolean isTroubleOfOneNode(Throwable error) {
    return error instanceof Overloaded
        || error instanceof ServerError
        || error instanceof TruncateError
        || error instanceof ConnectionClosed
        || error instanceof RequestTimeout;
  }
}
