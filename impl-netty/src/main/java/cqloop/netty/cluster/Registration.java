package cqloop.netty.cluster;

import cqloop.error.CqlException;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.PendingResponse;
import cqloop.netty.conn.ServerErrors;
import cqloop.netty.message.ErrorMessage;
import cqloop.netty.message.Event;
import cqloop.netty.message.Ready;
import cqloop.netty.message.Register;
import cqloop.netty.message.Response;
import cqloop.netty.message.ResponseDecoder;
import io.vertx.core.Completable;
import java.util.List;

/** Loop-owned. Asks a node to push its events on a connection. */
final class Registration extends PendingResponse {

  private static final List<String> EVENTS =
      List.of(Event.TOPOLOGY_CHANGE, Event.STATUS_CHANGE, Event.SCHEMA_CHANGE);

  private final Completable<Void> done;

  private Registration(Completable<Void> done) {
    this.done = done;
  }

  static void send(Connection connection, Completable<Void> done) {
    connection.send(new Register(EVENTS), new Registration(done));
  }

  @Override
  protected void onResponse(Connection from, int flags, int opcode, byte[] body, int wireBytes) {
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
    done.fail(error);
  }
}
