package cqloop.retry;

import cqloop.Consistency;
import cqloop.error.ReadTimeout;
import cqloop.error.Unavailable;
import cqloop.error.WriteTimeout;
import cqloop.error.WriteType;
import cqloop.spi.FailedAttempt;
import cqloop.spi.RetryDecision;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;
import org.jspecify.annotations.Nullable;

/**
 * Value. Asks for less consistency when the replicas that are there can give no more. It breaks the
 * promise "what was written at QUORUM is read at QUORUM", so it is for applications that prefer an
 * old answer to none. Errors that no consistency explains are left to {@link DefaultRetry}.
 */
final class DowngradingRetry implements RetryPolicy {

  private final DefaultRetry others = new DefaultRetry();

  @Override
  public RetryVerdict onFailure(FailedAttempt failure) {
    Throwable error = failure.error();
    boolean first = failure.retries() == 0;
    if (error instanceof ReadTimeout timeout) {
      return first ? onReadTimeout(failure, timeout) : RetryVerdict.RETHROW;
    }
    if (error instanceof WriteTimeout timeout) {
      return first ? onWriteTimeout(failure, timeout) : RetryVerdict.RETHROW;
    }
    if (error instanceof Unavailable unavailable) {
      return first ? onUnavailable(unavailable) : RetryVerdict.RETHROW;
    }
    return others.onFailure(failure);
  }

  private RetryVerdict onReadTimeout(FailedAttempt failure, ReadTimeout timeout) {
    if (timeout.consistency().isSerial()) {
      return RetryVerdict.RETHROW;
    }
    if (timeout.received() < timeout.required()) {
      return downgrade(timeout.consistency(), timeout.received());
    }
    return others.onFailure(failure);
  }

  private RetryVerdict onWriteTimeout(FailedAttempt failure, WriteTimeout timeout) {
    return switch (timeout.writeType()) {
      // It is on a replica: hinted hand-off and repair bring it to the others.
      case WriteType.SIMPLE, WriteType.BATCH ->
          timeout.received() > 0 ? RetryVerdict.IGNORE : RetryVerdict.RETHROW;
      // Parts of it may be on no replica at all, so it has to be sent again.
      case WriteType.UNLOGGED_BATCH ->
          failure.isIdempotent()
              ? downgrade(timeout.consistency(), timeout.received())
              : RetryVerdict.RETHROW;
      default -> others.onFailure(failure);
    };
  }

  private static RetryVerdict onUnavailable(Unavailable unavailable) {
    return unavailable.consistency().isSerial()
        ? RetryVerdict.RETRY_NEXT
        : downgrade(unavailable.consistency(), unavailable.alive());
  }

  private static RetryVerdict downgrade(Consistency wanted, int replicas) {
    Consistency possible = highest(wanted, replicas);
    return possible == null
        ? RetryVerdict.RETHROW
        : new RetryVerdict(RetryDecision.RETRY_SAME, 0, possible);
  }

  private static @Nullable Consistency highest(Consistency wanted, int replicas) {
    if (replicas >= 3) {
      return Consistency.THREE;
    }
    if (replicas == 2) {
      return Consistency.TWO;
    }
    // For EACH_QUORUM the number counts one data centre only: others may have replicas still.
    return replicas == 1 || wanted == Consistency.EACH_QUORUM ? Consistency.ONE : null;
  }
}
