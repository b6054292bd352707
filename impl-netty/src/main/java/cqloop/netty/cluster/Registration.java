package cqloop.netty.cluster;

import cqloop.error.CqlException;
import cqloop.error.RequestTimeout;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.PendingResponse;
import cqloop.netty.conn.ServerErrors;
import cqloop.netty.loop.Deadline;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.message.ErrorMessage;
import cqloop.netty.message.Event;
import cqloop.netty.message.Ready;
import cqloop.netty.message.Register;
import cqloop.netty.message.Response;
import cqloop.netty.message.ResponseDecoder;
import io.vertx.core.Completable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Loop-owned. Asks a node to push its events on a connection. */
final class Registration extends PendingResponse {

  private static final List<String> EVENTS =
      List.of(Event.TOPOLOGY_CHANGE, Event.STATUS_CHANGE, Event.SCHEMA_CHANGE);

  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5); // Rules 2.3.

  private final Connection asked;
  private final Deadlines deadlines;
  private final Completable<Void> done;
  private final Limit limit = new Limit();

  private Registration(Connection asked, Deadlines deadlines, Completable<Void> done) {
    this.asked = asked;
    this.deadlines = deadlines;
    this.done = done;
  }

  /**
   * Registers for all events.
   *
   * @param done completed on the loop, once; it fails when the node does not answer in time
   */
  static void send(Connection connection, Deadlines deadlines, Completable<Void> done) {
    Registration registration = new Registration(connection, deadlines, done);
    connection.send(new Register(EVENTS), registration);
    deadlines.add(registration.limit, deadlines.nanoTime(), LIMIT_NANOS);
  }

  @Override
  protected void onResponse(Connection from, int flags, int opcode, byte[] body, int wireBytes) {
    deadlines.cancel(limit);
    Response response;
    try {
      response = ResponseDecoder.decode(opcode, flags, body, body.length, from.features());
    } catch (CqlException damaged) {
      done.fail(damaged);
      return;
    }
    if (response instanceof Ready) {
      done.succeed();
    } else if (response instanceof ErrorMessage error) {
      done.fail(ServerErrors.toException(error));
    } else {
      done.fail(
          new UnexpectedResponse(from.endpoint(), "REGISTER", response.getClass().getSimpleName()));
    }
  }

  @Override
  protected void onLost(Connection from, CqlException error, boolean written) {
    deadlines.cancel(limit);
    done.fail(error);
  }

  /** Loop-owned. The time limit of the registration. */
  private final class Limit extends Deadline {
    @Override
    protected void onDeadline() {
      asked.abandon(Registration.this);
      Duration patience = Duration.ofNanos(LIMIT_NANOS);
      done.fail(new RequestTimeout(patience, patience, List.of(asked.endpoint()), 1));
    }
  }
}
