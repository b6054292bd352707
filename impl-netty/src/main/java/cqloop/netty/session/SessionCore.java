package cqloop.netty.session;

import cqloop.CqlOptions;
import cqloop.RowSet;
import cqloop.Statement;
import cqloop.error.CqlException;
import cqloop.error.SessionClosed;
import cqloop.metadata.Node;
import cqloop.netty.codec.Codecs;
import cqloop.netty.codec.SimpleValues;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.EngineListener;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.Loops;
import cqloop.netty.engine.SharedState;
import cqloop.netty.exec.Calls;
import cqloop.netty.exec.Requester;
import cqloop.netty.message.Event;
import cqloop.netty.row.ColumnPlan;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Published. What every view of a session shares. It holds the two hops of the driver: onto the
 * loop of the caller's context, and, in the promise, back to that context.
 */
final class SessionCore implements Requester, EngineListener {

  private final VertxInternal vertx;
  private final CqlOptions options;
  private final UUID clientId;
  private final Profiles profiles;
  private final Codecs codecs;
  private final SimpleValues simpleValues;
  private final ColumnPlan noColumns;
  private final SharedState shared;
  private final Loops loops;
  private final PreparedCache prepared;
  private final SessionCloser closer;
  private final OpeningWatch opening;

  SessionCore(VertxInternal vertx, CqlOptions options, SessionParts parts) {
    this.vertx = vertx;
    this.options = options;
    this.clientId = parts.clientId();
    this.profiles = parts.profiles();
    this.codecs = parts.codecs();
    // An unset value on v3 is refused when the request is written: only then the version is known.
    this.simpleValues = new SimpleValues(codecs, true);
    this.noColumns = new ColumnPlan(cqloop.Columns.NONE, codecs);
    this.shared = parts.shared();
    this.opening = parts.opening();
    this.loops =
        new Loops(
            parts.eventLoops(),
            options.getPool().getEventLoops(),
            parts.engineConfig(),
            shared,
            this);
    this.prepared =
        new PreparedCache(this, loops.home(), options.getRequest().getPreparedCacheSize());
    this.closer = new SessionCloser(this, parts.resources());
  }

  @Override
  public Future<RowSet> execute(Statement<?> statement, int profile) {
    ContextInternal context = vertx.getOrCreateContext();
    PromiseInternal<RowSet> promise = context.promise();
    execute(context, statement, profile, promise);
    return promise.future();
  }

  void execute(
      ContextInternal context, Statement<?> statement, int profile, Completable<RowSet> done) {
    if (closer.isClosing()) {
      done.fail(new SessionClosed(false));
      return;
    }
    LoopEngine engine = loops.of(context.nettyEventLoop());
    if (engine.loop().inEventLoop()) {
      Calls.execute(this, engine, profile, statement, done);
    } else {
      engine.loop().execute(() -> Calls.execute(this, engine, profile, statement, done));
    }
  }

  @Override
  public Codecs codecs() {
    return codecs;
  }

  @Override
  public SimpleValues simpleValues() {
    return simpleValues;
  }

  @Override
  public ColumnPlan noColumns() {
    return noColumns;
  }

  @Override
  public int profileOf(Statement<?> statement, int sessionProfile) {
    String named = statement.settings().profile();
    return named == null ? sessionProfile : profiles.indexOf(named);
  }

  @Override
  public void onUp(LoopEngine engine, Node node) {
    opening.onUp(node);
  }

  @Override
  public void onDown(LoopEngine engine, Node node, CqlException reason) {
    opening.onDown(node, reason);
  }

  @Override
  public void onEvent(LoopEngine engine, Connection connection, Event event) {
    // Nothing is registered for on these connections: a node that pushes anyway is not believed.
  }

  @Override
  public void onIdle(LoopEngine engine) {
    closer.onIdle(engine);
  }

  VertxInternal vertx() {
    return vertx;
  }

  CqlOptions options() {
    return options;
  }

  UUID clientId() {
    return clientId;
  }

  Profiles profiles() {
    return profiles;
  }

  SharedState shared() {
    return shared;
  }

  Loops loops() {
    return loops;
  }

  PreparedCache prepared() {
    return prepared;
  }

  SessionCloser closer() {
    return closer;
  }

  @Nullable String keyspace() {
    return shared.keyspace();
  }
}
