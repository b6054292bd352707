package cqloop.netty.exec;

import cqloop.error.ConnectionBusy;
import cqloop.error.CqlException;
import cqloop.error.PreparedStatementChanged;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.PendingResponse;
import cqloop.netty.conn.ServerErrors;
import cqloop.netty.message.Envelope;
import cqloop.netty.message.ErrorDetail;
import cqloop.netty.message.ErrorMessage;
import cqloop.netty.message.Prepare;
import cqloop.netty.message.Prepared;
import cqloop.netty.message.Response;
import cqloop.netty.message.ResponseDecoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Prepares a statement again on the node that has forgotten it, on the same connection,
 * in the middle of an attempt. It is no retry: no policy is asked.
 */
final class Repreparer extends PendingResponse {

  private final Execution execution;
  private final Attempt attempt;
  private final PreparedStatementImpl prepared;

  private Repreparer(Execution execution, Attempt attempt, PreparedStatementImpl prepared) {
    this.execution = execution;
    this.attempt = attempt;
    this.prepared = prepared;
  }

  /**
   * Returns a repreparer for the id that the error names, or null when the request has none such.
   */
  static @Nullable Repreparer of(
      Execution execution, Attempt attempt, Call call, ErrorMessage unprepared) {
    PreparedStatementImpl prepared =
        unprepared.detail() instanceof ErrorDetail.Unprepared detail
            ? call.preparedStatement(detail.id())
            : null;
    return prepared == null ? null : new Repreparer(execution, attempt, prepared);
  }

  void start(Connection connection) {
    if (!connection.canSend()) {
      execution.onFailure(
          attempt,
          connection,
          new ConnectionBusy(connection.endpoint(), connection.inFlight()),
          false);
      return;
    }
    try {
      connection.send(
          new Prepare(prepared.cql(), prepared.requestKeyspace(), Envelope.PLAIN), this);
    } catch (CqlException cannotBeEncoded) {
      execution.onFailure(attempt, connection, cannotBeEncoded, true);
    }
  }

  void abandon() {
    Connection sentOn = connection();
    if (sentOn != null) {
      sentOn.abandon(this);
    }
  }

  @Override
  protected void onResponse(Connection from, int flags, int opcode, byte[] body, int wireBytes) {
    try {
      onAnswer(from, flags, opcode, body);
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }

  private void onAnswer(Connection from, int flags, int opcode, byte[] body) {
    Response response;
    try {
      response = ResponseDecoder.decode(opcode, flags, body, body.length, from.features());
    } catch (CqlException damaged) {
      from.retire();
      execution.onFailure(attempt, from, damaged, false);
      return;
    }
    if (response instanceof Prepared again) {
      byte[] expected = prepared.shape().prepared().id();
      if (Arrays.equals(expected, again.id())) {
        prepared.refresh(again, from.features());
        execution.onReprepared(attempt, from);
      } else {
        execution.onFailure(
            attempt,
            from,
            new PreparedStatementChanged(prepared.cql(), expected, again.id()),
            true);
      }
    } else if (response instanceof ErrorMessage error) {
      execution.onFailure(attempt, from, ServerErrors.toException(error), isFinal(error.code()));
    } else {
      execution.onFailure(
          attempt,
          from,
          new UnexpectedResponse(from.endpoint(), "PREPARE", response.getClass().getSimpleName()),
          false);
    }
  }

  /** What every node would say; all else is tried on the next one. */
  private static boolean isFinal(int code) {
    return code == ErrorMessage.SYNTAX_ERROR
        || code == ErrorMessage.INVALID
        || code == ErrorMessage.UNAUTHORIZED;
  }

  @Override
  protected void onLost(Connection from, CqlException error, boolean written) {
    // What was lost is the PREPARE: the request itself was refused before.
    try {
      execution.onFailure(attempt, from, error, false);
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }
}
