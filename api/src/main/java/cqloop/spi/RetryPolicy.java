package cqloop.spi;

import cqloop.metadata.Node;

/**
 * Loop-owned. Decides whether a failed attempt is repeated. Asked only where that is open: the
 * driver itself never repeats a request that is not idempotent and may have been executed, and
 * always goes to the next node with one that was never written.
 */
@FunctionalInterface
public interface RetryPolicy {

  /** Returns what to do after this failure. */
  RetryVerdict onFailure(FailedAttempt failure);

  /**
   * A node answered an attempt of any request of the profile with a result. Called for each of
   * them: a policy that counts requests must be quick, and others need not implement it.
   */
  default void onSuccess(Node node) {}
}
