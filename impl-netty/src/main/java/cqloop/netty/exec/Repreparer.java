package cqloop.netty.exec;

import static java.util.Objects.requireNonNull;

import cqloop.error.ConnectionBusy;
import cqloop.error.CqlException;
import cqloop.error.PreparedStatementChanged;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ServerErrors;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.RepreparationWaiter;
import cqloop.netty.engine.Repreparations;
import cqloop.netty.message.Envelope;
import cqloop.netty.message.ErrorDetail;
import cqloop.netty.message.ErrorMessage;
import cqloop.netty.message.Prepare;
import cqloop.netty.message.Prepared;
import cqloop.netty.message.Response;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Has a statement prepared again on the node that has forgotten it, on the same
 * connection, in the middle of an attempt. It is no retry: no policy is asked.
 */
final class Repreparer extends RepreparationWaiter {

  private final Execution execution;
  private final Attempt attempt;
  private @Nullable PreparedStatementImpl prepared;
  private int times;

  Repreparer(Execution execution, Attempt attempt) {
    this.execution = execution;
    this.attempt = attempt;
  }

  /**
   * Returns the statement of the request that a node says it has forgotten; null when it says
   * something else, or names one that the request does not use.
   */
  static @Nullable PreparedStatementImpl forgotten(Call call, ErrorMessage message) {
    return message.code() == ErrorMessage.UNPREPARED
            && message.detail() instanceof ErrorDetail.Unprepared detail
        ? call.preparedStatement(detail.id())
        : null;
  }

  /**
   * Has the statement prepared on the connection that refused it, unless that was done meanwhile.
   *
   * @return false when it was done too often on this node for this request: nothing happens then
   */
  boolean start(
      LoopEngine engine, Call call, PreparedStatementImpl forgotten, Connection connection) {
    if (times >= call.maxRepreparations()) {
      return false;
    }
    times++;
    prepared = forgotten;
    byte[] id = forgotten.shape().prepared().id();
    Repreparations all = engine.repreparations();
    if (all.isAnsweredSince(connection, id, attempt.startNanos())) {
      execution.onReprepared(attempt, connection);
      return true;
    }
    Prepare request = new Prepare(forgotten.cql(), forgotten.requestKeyspace(), Envelope.PLAIN);
    try {
      if (!all.prepare(connection, id, request, this)) {
        execution.onFailure(
            attempt, new ConnectionBusy(connection.endpoint(), connection.inFlight()), false);
      }
    } catch (CqlException cannotBeEncoded) {
      execution.onFailure(attempt, cannotBeEncoded, true);
    }
    return true;
  }

  @Override
  protected void onAnswer(Connection from, Response response) {
    try {
      decide(from, response);
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }

  private void decide(Connection from, Response response) {
    if (response instanceof Prepared again) {
      onPrepared(requireNonNull(prepared), again, from);
    } else if (response instanceof ErrorMessage error) {
      execution.onFailure(attempt, ServerErrors.toException(error), isFinal(error.code()));
    } else {
      execution.onFailure(
          attempt,
          new UnexpectedResponse(from.endpoint(), "PREPARE", response.getClass().getSimpleName()),
          false);
    }
  }

  private void onPrepared(PreparedStatementImpl statement, Prepared again, Connection from) {
    byte[] expected = statement.shape().prepared().id();
    if (Arrays.equals(expected, again.id())) {
      statement.refresh(again);
      execution.onReprepared(attempt, from);
    } else {
      CqlException changed = new PreparedStatementChanged(statement.cql(), expected, again.id());
      execution.onFailure(attempt, changed, true);
    }
  }

  /** What every node would say; all else is tried on the next one. */
  private static boolean isFinal(int code) {
    return code == ErrorMessage.SYNTAX_ERROR
        || code == ErrorMessage.INVALID
        || code == ErrorMessage.UNAUTHORIZED;
  }

  @Override
  protected void onNoAnswer(CqlException error) {
    // What was lost is the PREPARE: the request itself was refused before.
    try {
      execution.onFailure(attempt, error, false);
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }
}
