package cqloop.netty.exec;

import cqloop.error.RequestTimeout;
import java.time.Duration;
import java.util.List;

/** Loop-owned. Says what it was that took too long: the whole of a request, or one attempt. */
final class Timeouts {

  private Timeouts() {}

  /**
   * @param sinceNanos when that began whose time is up, by the clock of the loop
   * @param limitNanos how long it might take
   * @param waitingFor the nodes that may be executing the request
   */
  static RequestTimeout of(
      Execution execution, long sinceNanos, long limitNanos, List<String> waitingFor) {
    return new RequestTimeout(
        Duration.ofNanos(execution.elapsedSince(sinceNanos)),
        Duration.ofNanos(limitNanos),
        waitingFor,
        execution.attempts());
  }
}
