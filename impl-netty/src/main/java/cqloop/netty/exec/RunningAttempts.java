package cqloop.netty.exec;

import cqloop.netty.conn.Connection;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.loop.Deadlines;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The attempts of one execution that run at the moment, as a list that is linked
 * through them: nearly always it has one, and costs no object.
 */
final class RunningAttempts {

  private RunningAttempts() {}

  /** Returns the list without this attempt. */
  static @Nullable Attempt without(@Nullable Attempt first, Attempt gone) {
    if (first == gone) {
      return gone.next;
    }
    for (Attempt before = first; before != null; before = before.next) {
      if (before.next == gone) {
        before.next = gone.next;
        break;
      }
    }
    return first;
  }

  /** Tells whether this one leaves it to others to wait for a connection: it was but to help. */
  static boolean leavesWaiting(@Nullable Attempt first, Attempt attempt) {
    return attempt.speculative && (first != attempt || attempt.next != null);
  }

  /** Notes which nodes they wait for: for an answer, or for a connection. */
  static void tell(@Nullable Attempt first, FailureLog log) {
    for (Attempt attempt = first; attempt != null; attempt = attempt.next) {
      if (attempt.connection() != null) {
        log.addUnanswered();
      }
      if (attempt.pool != null) {
        log.addPassedOver(attempt.pool);
      }
    }
  }

  /** Counts those that had asked a node in vain when another one was answered. */
  static void countLosers(@Nullable Attempt first, LoopEngine engine) {
    for (Attempt attempt = first; attempt != null; attempt = attempt.next) {
      if (attempt.connection() != null) {
        long elapsedNanos = engine.deadlines().nanoTime() - attempt.startNanos();
        engine.metrics().abortedSpeculations().add(elapsedNanos);
      }
    }
  }

  /** Gives up all of them. */
  static void abandon(@Nullable Attempt first, Deadlines deadlines) {
    for (Attempt attempt = first; attempt != null; attempt = attempt.next) {
      attempt.cancelLimit(deadlines);
      attempt.abandon();
    }
  }

  /**
   * Has the connections looked at that gave no answer in time.
   *
   * @return the nodes that may be executing the request
   */
  static List<String> suspect(@Nullable Attempt first) {
    List<String> waitingFor = new ArrayList<>();
    for (Attempt attempt = first; attempt != null; attempt = attempt.next) {
      Connection silent = attempt.silentConnection();
      if (silent != null) {
        silent.onRequestTimedOut(attempt.startNanos());
      }
      if (attempt.connection() != null) {
        waitingFor.add(attempt.endpoint());
      }
    }
    return waitingFor;
  }
}
