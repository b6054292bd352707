package cqloop.retry;

import cqloop.spi.FailedAttempt;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;

/** Value. Gives every error to the caller. */
final class FallthroughRetry implements RetryPolicy {

  @Override
  public RetryVerdict onFailure(FailedAttempt failure) {
    return RetryVerdict.RETHROW;
  }
}
