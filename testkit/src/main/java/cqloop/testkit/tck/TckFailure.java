package cqloop.testkit.tck;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.spi.FailedAttempt;

/**
 * Value. An attempt that failed.
 *
 * @param error the failure
 * @param node the node that was asked
 * @param isIdempotent whether the statement may be executed more than once
 * @param consistency consistency of the attempt
 * @param retries earlier retries
 * @param elapsedNanos time since the request began
 */
public record TckFailure(
    Throwable error,
    Node node,
    boolean isIdempotent,
    Consistency consistency,
    int retries,
    long elapsedNanos)
    implements FailedAttempt {

  /** Returns the first failure of a request at LOCAL_QUORUM that is not idempotent. */
  public static TckFailure of(Throwable error) {
    return new TckFailure(
        error, TckNodes.node(0, "dc1", "r1"), false, Consistency.LOCAL_QUORUM, 0, 1_000_000);
  }

  /** Returns the same failure of an idempotent request. */
  public TckFailure idempotent() {
    return new TckFailure(error, node, true, consistency, retries, elapsedNanos);
  }

  /** Returns the same failure of another node. */
  public TckFailure on(Node other) {
    return new TckFailure(error, other, isIdempotent, consistency, retries, elapsedNanos);
  }

  /** Returns the same failure at another consistency. */
  public TckFailure at(Consistency other) {
    return new TckFailure(error, node, isIdempotent, other, retries, elapsedNanos);
  }

  /** Returns the same failure after this many retries. */
  public TckFailure after(int earlierRetries) {
    return new TckFailure(
        error, node, isIdempotent, consistency, earlierRetries, (earlierRetries + 1) * 1_000_000L);
  }
}
