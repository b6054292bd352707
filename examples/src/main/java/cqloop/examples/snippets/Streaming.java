package cqloop.examples.snippets;

import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.RowStream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.WriteStream;
import java.time.LocalDate;

/** Value. Results of any size with the memory of one page or two. */
public final class Streaming {
  private Streaming() {}

  /** Writes rows to a response, and reads no faster than the client takes them. */
  public static void toResponse(
      CqlSession session, PreparedStatement byDay, LocalDate day, HttpServerResponse response) {
    RowStream rows = session.stream(byDay.bind(day).withPageSize(500));
    rows.handler(
            row -> {
              response.write(row.getString("line") + "\n");
              if (response.writeQueueFull()) {
                rows.pause();
                response.drainHandler(drained -> rows.resume());
              }
            })
        .exceptionHandler(failure -> response.reset())
        .endHandler(end -> response.end());
  }

  /** The same for any write stream, with the pipe of Vert.x doing the waiting. */
  public static Future<Void> pipe(CqlSession session, WriteStream<Row> to) {
    return session.stream("SELECT * FROM lines").pipeTo(to);
  }

  /** Takes rows one by one, each when the last has been dealt with. */
  public static Future<Void> oneByOne(CqlSession session, WriteStream<Buffer> to) {
    Promise<Void> done = Promise.promise();
    RowStream rows = session.stream("SELECT * FROM lines");
    rows.exceptionHandler(done::tryFail)
        .endHandler(end -> done.tryComplete())
        .handler(
            row ->
                to.write(row.toJson().toBuffer())
                    .onSuccess(written -> rows.fetch(1))
                    .onFailure(
                        failure -> rows.close().onComplete(closed -> done.tryFail(failure))));
    rows.pause().fetch(1);
    return done.future();
  }
}
