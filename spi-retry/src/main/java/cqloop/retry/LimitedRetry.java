package cqloop.retry;

import cqloop.metadata.Node;
import cqloop.spi.FailedAttempt;
import cqloop.spi.RetryDecision;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;

/**
 * Loop-owned. Bounds what another policy may repeat: attempts per request, time between them,
 * retries of this event loop per second, and the share of a node's attempts that is repeated.
 */
final class LimitedRetry implements RetryPolicy {

  private final RetryPolicy policy;
  private final int maxAttempts;
  private final RetryDelay delay;
  private final RetryBudget budget;
  private final RetryShare share;

  /**
   * @param maxAttempts attempts of one request at most, the first one included
   */
  LimitedRetry(
      RetryPolicy policy, int maxAttempts, RetryDelay delay, RetryBudget budget, RetryShare share) {
    this.policy = policy;
    this.maxAttempts = maxAttempts;
    this.delay = delay;
    this.budget = budget;
    this.share = share;
  }

  @Override
  public void onSuccess(Node node) {
    share.onAttempt(node);
    policy.onSuccess(node);
  }

  @Override
  public RetryVerdict onFailure(FailedAttempt failure) {
    Node node = failure.node();
    share.onAttempt(node);
    RetryVerdict wish = policy.onFailure(failure);
    if (!repeats(wish.decision())) {
      return wish;
    }
    int attempts = failure.retries() + 1;
    // The budget is asked last: a retry that is refused for another reason must not cost a token.
    if (attempts >= maxAttempts || !share.allows(node) || !budget.take()) {
      return RetryVerdict.RETHROW;
    }
    share.take(node);
    long wait = Math.max(wish.delayMillis(), delay.millis(failure.retries()));
    return wait == wish.delayMillis()
        ? wish
        : new RetryVerdict(wish.decision(), wait, wish.consistency());
  }

  private static boolean repeats(RetryDecision decision) {
    return decision == RetryDecision.RETRY_SAME || decision == RetryDecision.RETRY_NEXT;
  }
}
