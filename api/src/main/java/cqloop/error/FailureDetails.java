package cqloop.error;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. What is known of a request that failed.
 *
 * @param node address of the node that failed last as {@code host:port}, null when none was reached
 * @param attempts each attempt that failed, first to last
 * @param elapsed time from the start of the request to its failure
 * @param mayHaveBeenExecuted whether a server may have executed the request
 * @param refusals why nodes of the plan were not sent the request, in its order: they were out of
 *     reach, busy, or not used; at most 16, and none that an attempt was made on
 */
public record FailureDetails(
    @Nullable String node,
    List<AttemptFailure> attempts,
    Duration elapsed,
    boolean mayHaveBeenExecuted,
    Map<String, CqlException> refusals) {

  /** Nothing is known; the request was not sent. */
  public static final FailureDetails NONE =
      new FailureDetails(null, List.of(), Duration.ZERO, false, Map.of());

  public FailureDetails {
    attempts = List.copyOf(attempts);
    refusals = Collections.unmodifiableMap(new LinkedHashMap<>(refusals));
  }
}
