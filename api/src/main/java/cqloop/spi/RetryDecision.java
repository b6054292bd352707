package cqloop.spi;

/** Value. What to do after a failed attempt. */
public enum RetryDecision {
  /** Send it again to the same node. */
  RETRY_SAME,
  /** Send it to the next node of the plan. */
  RETRY_NEXT,
  /** Give the error to the caller. */
  RETHROW,
  /** Give the caller an empty result. */
  IGNORE
}
