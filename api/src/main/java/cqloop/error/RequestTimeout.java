package cqloop.error;

import java.time.Duration;
import java.util.List;

/**
 * The driver got no answer within the time limit of the request. The server may still be working on
 * it. Errors of the server itself that speak of time are {@link ReadTimeout} and {@link
 * WriteTimeout}.
 */
public final class RequestTimeout extends CqlException {

  private final Duration elapsed;
  private final Duration limit;
  private final List<String> waitingFor;
  private final int attemptsStarted;

  /**
   * @param elapsed time since the start of the request
   * @param limit the limit that was set for it
   * @param waitingFor the nodes that had the request and had not answered, as {@code host:port}
   * @param attemptsStarted how many attempts were started, failed ones included
   */
  public RequestTimeout(
      Duration elapsed, Duration limit, List<String> waitingFor, int attemptsStarted) {
    super(
        "No answer within %s ms (waited %s ms, attempts: %s); %s"
            .formatted(
                limit.toMillis(),
                elapsed.toMillis(),
                attemptsStarted,
                waitingFor.isEmpty()
                    ? "no node has the request"
                    : "still waiting for " + String.join(", ", waitingFor)));
    this.elapsed = elapsed;
    this.limit = limit;
    this.waitingFor = List.copyOf(waitingFor);
    this.attemptsStarted = attemptsStarted;
  }

  /** Returns the time from the start of the request until it was given up. */
  public Duration elapsed() {
    return elapsed;
  }

  /** Returns the limit that was set for the request. */
  public Duration limit() {
    return limit;
  }

  /** Returns the nodes that had the request and had not answered, as {@code host:port}. */
  public List<String> waitingFor() {
    return waitingFor;
  }

  /** Returns how many attempts were started, failed ones included. */
  public int attemptsStarted() {
    return attemptsStarted;
  }

  /** True when a node had the request, or when an earlier attempt may have been executed. */
  @Override
  public boolean mayHaveBeenExecuted() {
    return !waitingFor.isEmpty() || super.mayHaveBeenExecuted();
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.TIMEOUT;
  }
}
