package cqloop.spi;

import cqloop.Consistency;
import cqloop.metadata.Node;

/**
 * Loop-owned. What a retry policy may know of an attempt that failed; valid during the call only.
 */
public interface FailedAttempt {

  /** Returns the failure: a class of {@code cqloop.error}. */
  Throwable error();

  /** Returns the node that was asked. */
  Node node();

  /** Tells whether the statement may be executed more than once. */
  boolean isIdempotent();

  /** Returns the consistency of the attempt. */
  Consistency consistency();

  /** Returns how many times the request was retried before, by decision of this policy. */
  int retries();

  /** Returns the time since the request began, in nanoseconds. */
  long elapsedNanos();
}
