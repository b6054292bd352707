package cqloop.netty.exec;

import static java.util.Objects.requireNonNull;

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
   * Prepares the statement on the connection that refused it.
   *
   * @param limit how often this may be done on one node for one request
   * @return false when it was done so often already: then nothing was sent
   */
  boolean start(PreparedStatementImpl forgotten, Connection connection, int limit) {
    if (times >= limit) {
      return false;
    }
    times++;
    prepared = forgotten;
    if (!connection.canSend()) {
      execution.onFailure(
          attempt, new ConnectionBusy(connection.endpoint(), connection.inFlight()), false);
      return true;
    }
    try {
      connection.send(
          new Prepare(forgotten.cql(), forgotten.requestKeyspace(), Envelope.PLAIN), this);
    } catch (CqlException cannotBeEncoded) {
      execution.onFailure(attempt, cannotBeEncoded, true);
    }
    return true;
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
      execution.onFailure(attempt, damaged, false);
      return;
    }
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
      statement.refresh(again, from.features());
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
  protected void onLost(Connection from, CqlException error, boolean written) {
    // What was lost is the PREPARE: the request itself was refused before.
    try {
      execution.onFailure(attempt, error, false);
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }
}
