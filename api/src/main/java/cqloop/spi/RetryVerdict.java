package cqloop.spi;

import cqloop.Consistency;
import org.jspecify.annotations.Nullable;

/**
 * Value. The answer of a retry policy.
 *
 * @param decision what to do
 * @param delayMillis time to wait before the next attempt, 0 for none
 * @param consistency consistency of the next attempt, or null to keep it
 */
public record RetryVerdict(
    RetryDecision decision, long delayMillis, @Nullable Consistency consistency) {

  public static final RetryVerdict RETRY_SAME = new RetryVerdict(RetryDecision.RETRY_SAME, 0, null);
  public static final RetryVerdict RETRY_NEXT = new RetryVerdict(RetryDecision.RETRY_NEXT, 0, null);
  public static final RetryVerdict RETHROW = new RetryVerdict(RetryDecision.RETHROW, 0, null);
  public static final RetryVerdict IGNORE = new RetryVerdict(RetryDecision.IGNORE, 0, null);
}
