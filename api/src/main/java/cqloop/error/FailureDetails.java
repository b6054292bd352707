package cqloop.error;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value. What is known of a request that failed.
 *
 * @param node address of the node that failed last as {@code host:port}, null when none was reached
 * @param attempts each attempt that failed, first to last
 * @param elapsed time from the start of the request to its failure
 * @param mayHaveBeenExecuted whether a server may have executed the request
 */
public record FailureDetails(
    @Nullable String node,
    List<AttemptFailure> attempts,
    Duration elapsed,
    boolean mayHaveBeenExecuted) {

  /** Nothing is known; the request was not sent. */
  public static final FailureDetails NONE =
      new FailureDetails(null, List.of(), Duration.ZERO, false);

  public FailureDetails {
    attempts = List.copyOf(attempts);
  }
}
