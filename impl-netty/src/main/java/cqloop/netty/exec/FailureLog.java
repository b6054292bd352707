package cqloop.netty.exec;

import cqloop.error.AttemptFailure;
import cqloop.error.CqlException;
import cqloop.error.FailureDetails;
import cqloop.error.NoNodeAvailable;
import cqloop.error.SessionClosed;
import cqloop.metadata.Node;
import cqloop.netty.pool.NodePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. What went wrong in one execution so far: the attempts that failed, and the nodes that
 * did not take the request at all. Made when the first thing goes wrong.
 */
final class FailureLog {

  private final List<AttemptFailure> attempts = new ArrayList<>(2);
  private final Map<String, CqlException> refusals = new LinkedHashMap<>();
  private boolean mayHaveBeenExecuted;

  void addAttempt(Node node, long elapsedNanos, CqlException error, boolean written) {
    attempts.add(new AttemptFailure(node.endpoint(), Duration.ofNanos(elapsedNanos), error));
    mayHaveBeenExecuted |= written && error.mayHaveBeenExecuted();
  }

  void addRefusal(String endpoint, CqlException reason) {
    refusals.put(endpoint, reason);
  }

  void addRefusal(Node node, @Nullable NodePool pool) {
    addRefusal(node.endpoint(), pool == null ? NodeNotUsed.of(node) : pool.lastFailure());
  }

  /** An attempt ends while its request is with a node, or with an answer that says nothing. */
  void addUnanswered() {
    mayHaveBeenExecuted = true;
  }

  List<AttemptFailure> attempts() {
    return attempts;
  }

  /** Returns why the execution ends when no node is left to try. */
  Throwable noNodeLeft() {
    return attempts.isEmpty()
        ? new NoNodeAvailable(refusals)
        : attempts.get(attempts.size() - 1).error();
  }

  SessionClosed sessionClosed() {
    return new SessionClosed(mayHaveBeenExecuted);
  }

  FailureDetails details(long elapsedNanos) {
    String node = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).node();
    return new FailureDetails(node, attempts, Duration.ofNanos(elapsedNanos), mayHaveBeenExecuted);
  }
}
