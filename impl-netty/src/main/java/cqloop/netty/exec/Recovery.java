package cqloop.netty.exec;

import cqloop.error.ConnectionClosed;
import cqloop.error.CqlException;
import cqloop.error.IsBootstrapping;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.LoopProfile;
import cqloop.netty.pool.NodePool;
import cqloop.spi.RetryDecision;
import cqloop.spi.RetryVerdict;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. What follows when an attempt of an execution fails: the one place where it is decided
 * whether the request is repeated, and where. Made when the first thing goes wrong.
 */
final class Recovery {

  private final Execution execution;
  private final LoopEngine engine;
  private final LoopProfile profile;
  private final Call call;
  private final FailureLog log = new FailureLog();
  private final PassedOver passedOver = new PassedOver();
  private int retries;

  Recovery(Execution execution, LoopEngine engine, LoopProfile profile, Call call) {
    this.execution = execution;
    this.engine = engine;
    this.profile = profile;
    this.call = call;
  }

  /** Returns what went wrong so far. */
  FailureLog log() {
    return log;
  }

  /** Returns the nodes that may be asked when the plan is at its end. */
  PassedOver passedOver() {
    return passedOver;
  }

  /** The execution fails: notes what there is to tell besides the attempts that failed. */
  void onEnd(@Nullable Attempt running) {
    RunningAttempts.tell(running, log);
    passedOver.tell(engine, log);
  }

  /** Returns why the execution ends when no node is left to try. */
  Throwable noNodeLeft() {
    if (log.attempts().isEmpty()) {
      // Nobody may come to tell that the outage is over: this request asks.
      engine.retryNow();
    }
    return log.noNodeLeft();
  }

  /**
   * An attempt failed.
   *
   * @param written whether the request may have reached the node
   */
  void onFailure(Attempt attempt, CqlException error, boolean written) {
    Node node = attempt.requireNode();
    long elapsedNanos = execution.elapsedSince(attempt.startNanos());
    attempt.cancelLimit(engine.deadlines());
    log.addAttempt(node, elapsedNanos, error, written);
    profile.loadBalancing().onAttempt(node, elapsedNanos, error);
    if (engine.isClosed() && error instanceof ConnectionClosed) {
      execution.fail(log.sessionClosed());
      return;
    }
    if (execution.attempts() >= call.profile().maxAttempts()) {
      // Another attempt may still be answered.
      execution.onNoNodeLeft(attempt);
      return;
    }
    RetryVerdict verdict = decide(node, error, written);
    if (repeats(verdict.decision()) && isTooLate(verdict.delayMillis())) {
      execution.onNoNodeLeft(attempt);
      return;
    }
    if (verdict.consistency() != null) {
      call.renew(verdict.consistency());
    }
    switch (verdict.decision()) {
      case RETRY_SAME -> repeat(attempt, node, verdict.delayMillis());
      case RETRY_NEXT -> repeat(attempt, null, verdict.delayMillis());
      case IGNORE ->
          execution.succeed(attempt, call.empty(execution, attempt), engine.deadlines().nanoTime());
      case RETHROW -> execution.fail(error);
    }
  }

  /** One attempt took longer than one may. */
  void onLimit(Attempt attempt) {
    Connection silent = attempt.silentConnection();
    // A node that does not prepare the statement again has refused the request itself.
    boolean written = attempt.connection() != null;
    attempt.limit = null;
    if (silent != null) {
      silent.onRequestTimedOut(attempt.startNanos());
      attempt.abandon();
      List<String> waitingFor = written ? List.of(attempt.endpoint()) : List.of();
      engine.metrics().attemptTimeouts().add(1);
      CqlException late =
          Timeouts.of(execution, attempt.startNanos(), call.attemptTimeoutNanos(), waitingFor);
      execution.onFailure(attempt, late, written);
    }
  }

  /** The only place where it is decided whether a failed attempt is repeated. Rules 2.10. */
  private RetryVerdict decide(Node node, CqlException error, boolean written) {
    if (!written || error instanceof IsBootstrapping) {
      return RetryVerdict.RETRY_NEXT;
    }
    if (!RetryRules.isOpen(error, call.isIdempotent())) {
      return RetryVerdict.RETHROW;
    }
    long elapsedNanos = execution.elapsedSince(execution.startNanos());
    return profile
        .retry()
        .onFailure(
            new FailedAttemptImpl(
                error, node, call.isIdempotent(), call.consistency(), retries++, elapsedNanos));
  }

  private static boolean repeats(RetryDecision decision) {
    return decision == RetryDecision.RETRY_SAME || decision == RetryDecision.RETRY_NEXT;
  }

  /**
   * With less time left than half of the answers take, one more attempt is but load. Rules 2.10.
   */
  private boolean isTooLate(long delayMillis) {
    long limitNanos = call.timeoutNanos();
    long leftNanos =
        limitNanos
            - execution.elapsedSince(execution.startNanos())
            - TimeUnit.MILLISECONDS.toNanos(delayMillis);
    return limitNanos > 0 && leftNanos < engine.deadlines().latencies().get();
  }

  private void repeat(Attempt attempt, @Nullable Node same, long delayMillis) {
    if (delayMillis > 0) {
      Repetition.after(delayMillis, engine.loop(), execution, attempt, same);
    } else {
      repeatNow(attempt, same);
    }
  }

  /**
   * Sends a request again.
   *
   * @param same the node to ask again, null for the next one
   */
  void repeatNow(Attempt attempt, @Nullable Node same) {
    attempt.cancelLimit(engine.deadlines());
    NodePool pool = same == null ? null : engine.pool(same);
    Connection connection = pool == null ? null : NodeSearch.pick(pool, engine, call);
    if (connection != null && same != null) {
      execution.send(attempt, same, connection);
    } else {
      attempt.repreparer = null; // Another node may have forgotten as well.
      execution.tryNextNode(attempt);
    }
  }
}
