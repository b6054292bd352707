package cqloop.netty.session;

import cqloop.BoundStatement;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.StatementSettings;
import cqloop.error.InvalidQuery;
import cqloop.error.PreparedStatementChanged;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.exec.Calls;
import io.vertx.core.Completable;

/**
 * Any thread. Executes simple statements that have values as prepared ones: {@code
 * request.autoPrepare}. A text that is known costs no hop more than a statement that is not
 * prepared; one that is not is prepared once, however many wait for it.
 */
final class AutoPrepare {

  private final SessionCore core;
  private final PreparedCache cache;

  AutoPrepare(SessionCore core, PreparedCache cache) {
    this.core = core;
    this.cache = cache;
  }

  /** Tells whether a statement gains by being prepared. */
  static boolean takes(Statement<?> statement) {
    return statement instanceof SimpleStatement simple
        && !(simple.values().isEmpty() && simple.namedValues().isEmpty());
  }

  /**
   * Prepares the text if need be, binds its values and executes that.
   *
   * @param done completed on the loop of the engine, once
   */
  void execute(LoopEngine engine, SimpleStatement simple, int profile, Completable<RowSet> done) {
    PreparedStatement ready = cache.ready(simple);
    if (ready != null) {
      SessionCore.onLoop(
          engine,
          () -> {
            engine.metrics().preparedHits().add(1);
            executeBound(engine, ready, simple, profile, done);
          });
      return;
    }
    cache.prepare(
        simple,
        profile,
        (prepared, failure) ->
            SessionCore.onLoop(
                engine,
                () -> {
                  if (failure == null) {
                    executeBound(engine, prepared, simple, profile, done);
                  } else {
                    done.fail(failure);
                  }
                }));
  }

  private void executeBound(
      LoopEngine engine,
      PreparedStatement prepared,
      SimpleStatement simple,
      int profile,
      Completable<RowSet> done) {
    BoundStatement bound;
    try {
      bound = bind(prepared, simple);
    } catch (RuntimeException doesNotFit) {
      // A table that was dropped and created again may want other types by now.
      cache.forget(simple);
      done.fail(doesNotFit);
      return;
    }
    Calls.execute(
        core,
        engine,
        profile,
        bound,
        (rows, failure) -> {
          if (failure == null) {
            done.succeed(rows);
            return;
          }
          if (failure instanceof InvalidQuery || failure instanceof PreparedStatementChanged) {
            cache.forget(simple);
          }
          done.fail(failure);
        });
  }

  private static BoundStatement bind(PreparedStatement prepared, SimpleStatement simple) {
    BoundStatement bound =
        simple.namedValues().isEmpty()
            ? prepared.bind(simple.values())
            : prepared.bind(simple.namedValues());
    StatementSettings settings = simple.settings();
    // The keyspace went with PREPARE: the id stands for it.
    return bound.withSettings(
        settings.keyspace() == null ? settings : settings.toBuilder().keyspace(null).build());
  }
}
