package cqloop.netty.session;

import cqloop.SimpleStatement;
import cqloop.error.CqlException;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.PendingResponse;
import cqloop.netty.conn.Use;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.loop.Deadline;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.message.Opcode;
import cqloop.type.CqlIdentifier;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Any thread. Makes a keyspace the one of every connection: one node has accepted USE before this
 * begins. A connection that does not follow is closed, and its successor begins with the keyspace.
 */
final class KeyspaceSwitch {

  private static final String USE = "USE";

  /** A node that hangs must not hold up the caller, whom another node has answered. */
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private KeyspaceSwitch() {}

  /** Tells whether the text is a USE statement. */
  static boolean isUse(String cql) {
    int start = 0;
    while (start < cql.length() && cql.charAt(start) <= ' ') {
      start++;
    }
    int end = start + USE.length();
    return cql.length() > end
        && cql.regionMatches(true, start, USE, 0, USE.length())
        && (cql.charAt(end) <= ' ' || cql.charAt(end) == '"');
  }

  /** Returns USE for a keyspace that is named as the server stores it. */
  static SimpleStatement statement(String keyspace) {
    return SimpleStatement.of("USE " + CqlIdentifier.quote(keyspace));
  }

  /** Completes when every open connection of the session has changed or is closed. */
  static Future<Void> follow(SessionCore core, String keyspace) {
    core.shared().setKeyspace(keyspace);
    List<Future<Void>> all = new ArrayList<>();
    for (LoopEngine engine : core.loops().all()) {
      Promise<Void> promise = Promise.promise();
      engine.loop().execute(() -> onEngine(engine, keyspace).onComplete(promise));
      all.add(promise.future());
    }
    return Future.join(all).mapEmpty();
  }

  private static Future<Void> onEngine(LoopEngine engine, String keyspace) {
    List<Future<Void>> all = new ArrayList<>();
    for (Connection connection : engine.connections()) {
      all.add(onConnection(engine, connection, keyspace));
    }
    return Future.join(all).mapEmpty();
  }

  private static Future<Void> onConnection(
      LoopEngine engine, Connection connection, String keyspace) {
    Promise<Void> promise = Promise.promise();
    if (connection.canSend()) {
      Answer answer = new Answer(engine.deadlines(), connection, promise);
      connection.send(Use.request(keyspace), answer);
      engine.deadlines().add(answer.limit, engine.deadlines().nanoTime(), LIMIT_NANOS);
    } else {
      connection.retire();
      promise.complete();
    }
    return promise.future();
  }

  /** Loop-owned. Waits for the answer to USE of one connection, within a limit. */
  private static final class Answer extends PendingResponse {

    private final Deadlines deadlines;
    private final Connection sentOn;
    private final Promise<Void> promise;
    final Deadline limit =
        new Deadline() {
          @Override
          protected void onDeadline() {
            giveUp();
          }
        };

    Answer(Deadlines deadlines, Connection sentOn, Promise<Void> promise) {
      this.deadlines = deadlines;
      this.sentOn = sentOn;
      this.promise = promise;
    }

    @Override
    protected void onResponse(Connection from, int flags, int opcode, byte[] body, int wireBytes) {
      deadlines.cancel(limit);
      if (opcode != Opcode.RESULT) {
        from.retire();
      }
      promise.complete();
    }

    @Override
    protected void onLost(Connection from, CqlException error, boolean written) {
      deadlines.cancel(limit);
      promise.complete();
    }

    /** The caller goes on; what was sent on this connection before may still be answered. */
    private void giveUp() {
      sentOn.abandon(this);
      sentOn.retire();
      sentOn.probe();
      promise.complete();
    }
  }
}
