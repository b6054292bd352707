package cqloop.retry;

import cqloop.spi.FailedAttempt;
import cqloop.spi.RetryDecision;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;

/**
 * Loop-owned. Bounds what another policy may repeat: attempts per request, time between them, and
 * retries of this event loop per second.
 */
final class LimitedRetry implements RetryPolicy {

  private final RetryPolicy policy;
  private final int maxAttempts;
  private final RetryDelay delay;
  private final RetryBudget budget;

  /**
   * @param maxAttempts attempts of one request at most, the first one included
   */
  LimitedRetry(RetryPolicy policy, int maxAttempts, RetryDelay delay, RetryBudget budget) {
    this.policy = policy;
    this.maxAttempts = maxAttempts;
    this.delay = delay;
    this.budget = budget;
  }

  @Override
  public RetryVerdict onFailure(FailedAttempt failure) {
    RetryVerdict wish = policy.onFailure(failure);
    if (!repeats(wish.decision())) {
      return wish;
    }
    int attempts = failure.retries() + 1;
    // The budget is asked last: a retry that is refused for another reason must not cost a token.
    if (attempts >= maxAttempts || !budget.take()) {
      return RetryVerdict.RETHROW;
    }
    long wait = Math.max(wish.delayMillis(), delay.millis(failure.retries()));
    return wait == wish.delayMillis()
        ? wish
        : new RetryVerdict(wish.decision(), wait, wish.consistency());
  }

  private static boolean repeats(RetryDecision decision) {
    return decision == RetryDecision.RETRY_SAME || decision == RetryDecision.RETRY_NEXT;
  }
}
