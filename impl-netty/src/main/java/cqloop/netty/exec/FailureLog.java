package cqloop.netty.exec;

import cqloop.error.AttemptFailure;
import cqloop.error.ConnectionBusy;
import cqloop.error.CqlException;
import cqloop.error.FailureDetails;
import cqloop.error.NoNodeAvailable;
import cqloop.error.SessionClosed;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
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

  /** How many refusals a failure tells; the plan of a large cluster has many more. */
  private static final int MAX_TOLD = 16;

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

  /** A node whose turn came, and which was waited for in vain or passed over for want of room. */
  void addPassedOver(NodePool pool) {
    List<Connection> open = pool.connections();
    addRefusal(
        pool.node().endpoint(),
        open.isEmpty()
            ? pool.lastFailure()
            : new ConnectionBusy(pool.node().endpoint(), open.get(0).inFlight()));
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
    return new FailureDetails(
        node, attempts, Duration.ofNanos(elapsedNanos), mayHaveBeenExecuted, firstRefusals());
  }

  private Map<String, CqlException> firstRefusals() {
    Map<String, CqlException> first = new LinkedHashMap<>();
    for (Map.Entry<String, CqlException> refusal : refusals.entrySet()) {
      if (first.size() < MAX_TOLD && !wasAttempted(refusal.getKey())) {
        first.put(refusal.getKey(), refusal.getValue());
      }
    }
    return first;
  }

  /** A node that refused when its turn came may have taken the request when it was asked again. */
  private boolean wasAttempted(String endpoint) {
    for (AttemptFailure attempt : attempts) {
      if (attempt.node().equals(endpoint)) {
        return true;
      }
    }
    return false;
  }
}
