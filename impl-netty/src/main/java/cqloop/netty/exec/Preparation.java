package cqloop.netty.exec;

import cqloop.PreparedStatement;
import cqloop.error.CqlException;
import cqloop.error.PreparedStatementChanged;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.PendingResponse;
import cqloop.netty.conn.ServerErrors;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.loop.Deadline;
import cqloop.netty.message.Envelope;
import cqloop.netty.message.ErrorMessage;
import cqloop.netty.message.Prepare;
import cqloop.netty.message.Prepared;
import cqloop.netty.message.Response;
import cqloop.netty.message.ResponseDecoder;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Prepares statements that the session knows on one more node, a few at a time. What
 * goes wrong here is logged and nothing else: a node that lacks a statement is given it by the
 * first request that needs it there.
 */
public final class Preparation extends Deadline {

  /** Enough to hide the way to the node, too few to crowd out its requests. */
  private static final int AT_ONCE = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

  private final LoopEngine engine;
  private final Connection connection;
  private final Iterator<PreparedStatement> rest;
  private final Runnable done;
  private final List<Answer> running = new ArrayList<>(1);
  private boolean sending;
  private boolean ended;

  private Preparation(
      LoopEngine engine,
      Connection connection,
      Iterator<PreparedStatement> statements,
      Runnable done) {
    this.engine = engine;
    this.connection = connection;
    this.rest = statements;
    this.done = done;
  }

  /**
   * Prepares statements of this driver on a connection.
   *
   * @param limitNanos time for all of them
   * @param done called once, when all are answered, or what is left was given up
   */
  public static void start(
      LoopEngine engine,
      Connection connection,
      Iterator<PreparedStatement> statements,
      long limitNanos,
      Runnable done) {
    Preparation preparation = new Preparation(engine, connection, statements, done);
    engine.deadlines().add(preparation, engine.deadlines().nanoTime(), limitNanos);
    preparation.sendMore();
  }

  private void sendMore() {
    if (sending) {
      return;
    }
    sending = true;
    while (!ended && running.size() < AT_ONCE && rest.hasNext()) {
      if (!connection.canSend()) {
        LOG.debug(connection.endpoint() + " is too busy to prepare what the session knows");
        break;
      }
      send((PreparedStatementImpl) rest.next());
    }
    sending = false;
    if (running.isEmpty()) {
      end();
    }
  }

  private void send(PreparedStatementImpl statement) {
    Answer answer = new Answer(statement);
    try {
      connection.send(
          new Prepare(statement.cql(), statement.requestKeyspace(), Envelope.PLAIN), answer);
      running.add(answer);
    } catch (CqlException cannotBeEncoded) {
      warn(statement, cannotBeEncoded);
    }
  }

  private void onAnswer(Answer answer, @Nullable CqlException failure) {
    if (failure != null) {
      warn(answer.statement, failure);
    }
    running.remove(answer);
    sendMore();
  }

  @Override
  protected void onDeadline() {
    LOG.warn(
        "%s has not answered %s PREPARE in time; its first request prepares there"
            .formatted(connection.endpoint(), running.size()));
    end();
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    engine.deadlines().cancel(this);
    for (Answer answer : running) {
      connection.abandon(answer);
    }
    running.clear();
    if (engine.isClosed()) {
      engine.deadlines().stopWhenEmpty();
    }
    done.run();
  }

  private void warn(PreparedStatementImpl statement, CqlException failure) {
    if (!engine.isClosed()) {
      LOG.warn(
          "%s could not prepare a statement that another node has prepared: %s; %s"
              .formatted(connection.endpoint(), failure.getMessage(), statement));
    }
  }

  /** Loop-owned. Waits for the answer to one PREPARE. */
  private final class Answer extends PendingResponse {

    final PreparedStatementImpl statement;

    Answer(PreparedStatementImpl statement) {
      this.statement = statement;
    }

    @Override
    protected void onResponse(Connection from, int flags, int opcode, byte[] body, int wireBytes) {
      CqlException failure;
      try {
        failure =
            check(from, ResponseDecoder.decode(opcode, flags, body, body.length, from.features()));
      } catch (CqlException damaged) {
        from.retire();
        failure = damaged;
      }
      onAnswer(this, failure);
    }

    /** What the session knows of its columns stays: this node may lag behind with the schema. */
    private @Nullable CqlException check(Connection from, Response response) {
      byte[] expected = statement.shape().prepared().id();
      if (response instanceof Prepared prepared) {
        return Arrays.equals(expected, prepared.id())
            ? null
            : new PreparedStatementChanged(statement.cql(), expected, prepared.id());
      }
      return response instanceof ErrorMessage error
          ? ServerErrors.toException(error)
          : new UnexpectedResponse(from.endpoint(), "PREPARE", response.getClass().getSimpleName());
    }

    @Override
    protected void onLost(Connection from, CqlException error, boolean written) {
      onAnswer(this, error);
    }
  }
}
