package cqloop.netty.session;

import cqloop.CqlOptions;
import cqloop.PreparedStatement;
import cqloop.ProtocolVersion;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.error.CqlException;
import cqloop.error.SessionClosed;
import cqloop.metadata.Node;
import cqloop.metrics.SessionMetrics;
import cqloop.netty.cluster.ClusterListener;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.ControlConnection;
import cqloop.netty.cluster.LearntTablet;
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
import cqloop.netty.message.SchemaChange;
import cqloop.netty.observe.MetricsReader;
import cqloop.netty.observe.Observer;
import cqloop.netty.row.ColumnPlan;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Published. What every view of a session shares. It holds the two hops of the driver: onto the
 * loop of the caller's context, and, in the promise, back to that context.
 */
final class SessionCore implements Requester, EngineListener, ClusterListener {

  private final VertxInternal vertx;
  private final CqlOptions options;
  private final UUID clientId;
  private final ProfileChanges profileChanges;
  private final Codecs codecs;
  private final SimpleValues simpleValues;
  private final ColumnPlan noColumns;
  private final SharedState shared;
  private final Loops loops;
  private final PreparedCache prepared;
  private final @Nullable AutoPrepare autoPrepare;
  private final boolean takesStacks;
  private final SessionCloser closer;
  private final OpeningWatch opening;
  private final @Nullable Observer observer;
  private volatile Profiles profiles;
  private final NodeStates states;
  private final Tablets tablets;
  private final NodeWatch nodeWatch;
  private final ControlConnection control;
  private final SessionSchema schema;
  private final TlsReload tlsReload;

  SessionCore(VertxInternal vertx, CqlOptions options, SessionParts parts) {
    this.vertx = vertx;
    this.options = options;
    this.clientId = parts.clientId();
    this.profiles = parts.policies().profiles();
    this.profileChanges = new ProfileChanges(this, parts.policies());
    this.codecs = parts.codecs();
    // An unset value on v3 is refused when the request is written: only then the version is known.
    this.simpleValues = new SimpleValues(codecs, true);
    this.noColumns = new ColumnPlan(cqloop.Columns.NONE, codecs);
    this.shared = parts.shared();
    this.opening = parts.opening();
    this.observer = parts.observer();
    this.loops =
        new Loops(
            parts.eventLoops(),
            options.getPool().getEventLoops(),
            parts.engineConfig(),
            shared,
            this);
    this.prepared =
        new PreparedCache(
            this,
            loops.home(),
            options.getRequest().getPreparedCacheSize(),
            options.getRequest().isPrepareOnAllNodes());
    this.takesStacks = options.getRequest().isCallerStack();
    this.autoPrepare =
        options.getRequest().isAutoPrepare() ? new AutoPrepare(this, prepared) : null;
    this.nodeWatch = new NodeWatch(vertx, loops.home().loop());
    this.states = new NodeStates(loops.home(), shared, this::publish);
    this.tablets = new Tablets(loops.home().loop(), shared);
    this.control =
        new ControlConnection(
            loops.home().loop(),
            loops.home().connector(),
            loops.home().deadlines(),
            parts.controlConfig(),
            shared::cluster,
            () -> Objects.requireNonNull(shared.version(), "a pool was connected before"),
            parts.contactPoints(),
            this);
    this.schema = new SessionSchema(vertx, loops.home(), options.getMetadata(), tablets::onUpdate);
    this.closer = new SessionCloser(this, parts.resources());
    this.tlsReload = new TlsReload(this, parts.tls());
  }

  @Override
  public Future<RowSet> execute(Statement<?> statement, int profile) {
    ContextInternal context = vertx.getOrCreateContext();
    PromiseInternal<RowSet> promise = context.promise();
    execute(context, statement, profile, promise);
    return asCalled(promise.future());
  }

  void execute(
      ContextInternal context, Statement<?> statement, int profile, Completable<RowSet> done) {
    if (closer.isClosing()) {
      done.fail(new SessionClosed(false));
      return;
    }
    LoopEngine engine = loops.of(context.nettyEventLoop());
    Completable<RowSet> outcome =
        observer == null ? done : observer.begin(context, statement, done);
    if (autoPrepare != null && AutoPrepare.takes(statement)) {
      autoPrepare.execute(engine, (SimpleStatement) statement, profile, outcome);
    } else if (engine.loop().inEventLoop()) {
      Calls.execute(this, engine, profile, statement, outcome);
    } else {
      engine.loop().execute(() -> Calls.execute(this, engine, profile, statement, outcome));
    }
  }

  /** Returns the stack of this thread, or null when it is not asked for. */
  @Nullable CallerStack callerStack() {
    return takesStacks ? new CallerStack() : null;
  }

  /** Returns the future of a call that is being made, with its stack in failures if asked for. */
  <T> Future<T> asCalled(Future<T> future) {
    return takesStacks ? new CallerStack().on(future) : future;
  }

  /** Runs on the loop of an engine: now, if this is its thread. */
  static void onLoop(LoopEngine engine, Runnable task) {
    if (engine.loop().inEventLoop()) {
      task.run();
    } else {
      engine.loop().execute(task);
    }
  }

  void prepare(
      ContextInternal context,
      SimpleStatement text,
      int profile,
      Completable<PreparedStatement> done) {
    if (closer.isClosing()) {
      done.fail(new SessionClosed(false));
    } else {
      prepared.prepare(
          text, profile, observer == null ? done : observer.beginPrepare(context, text, done));
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
    loops
        .home()
        .loop()
        .execute(
            () -> {
              states.onUp(engine, node);
              // What one loop can reach, the others can, and the control connection.
              onNodeUp(node);
              control.retryNow();
            });
    opening.onUp(node);
    if (engine == loops.home()) {
      prepared.onUp(node);
    }
  }

  @Override
  public void onDown(LoopEngine engine, Node node, CqlException reason) {
    loops.home().loop().execute(() -> states.onDown(engine, node));
    opening.onDown(node, reason);
  }

  @Override
  public void onSuspected(LoopEngine engine, Node node) {
    loops.home().loop().execute(() -> control.probe(node));
  }

  @Override
  public void onWrongNode(LoopEngine engine, Node node) {
    loops.home().loop().execute(control::refreshSoon);
  }

  @Override
  public void onOtherVersion(LoopEngine engine, ProtocolVersion version) {
    loops
        .home()
        .loop()
        .execute(
            () -> {
              if (shared.lowerVersion(version)) {
                for (LoopEngine other : loops.all()) {
                  other.loop().execute(() -> other.onVersion(version));
                }
              }
            });
  }

  @Override
  public void onRecovered() {
    for (LoopEngine engine : loops.all()) {
      engine.loop().execute(engine::retryNow);
    }
  }

  @Override
  public void onEvent(LoopEngine engine, Connection connection, Event event) {
    // Nothing is registered for on these connections: a node that pushes anyway is not believed.
  }

  @Override
  public void onCluster(ClusterState state) {
    shared.setCluster(state);
    states.onCluster(state.topology());
    publish();
  }

  @Override
  public void onControlConnection(Connection opened) {
    schema.onControlConnection(opened);
  }

  @Override
  public void onSchemaChange(SchemaChange change) {
    tablets.onSchemaChange(change);
    schema.onChange(change);
  }

  @Override
  public void onTablets(LoopEngine engine, List<LearntTablet> learnt) {
    loops.home().loop().execute(() -> tablets.learn(learnt));
  }

  @Override
  public void onSchemaChange(LoopEngine engine, SchemaChange change) {
    schema.onChange(change);
  }

  @Override
  public void onNodeUp(Node node) {
    for (LoopEngine engine : loops.all()) {
      engine.loop().execute(() -> engine.onNodeUp(node));
    }
  }

  @Override
  public void onNodeDown(Node node) {
    for (LoopEngine engine : loops.all()) {
      engine.loop().execute(() -> engine.onNodeDown(node));
    }
  }

  /** Returns the figures of all loops; any thread. */
  SessionMetrics metrics() {
    return MetricsReader.read(loops.all(), prepared.metrics());
  }

  /** Has every loop look at the cluster anew. */
  private void publish() {
    nodeWatch.onTopology(shared.topology());
    for (LoopEngine engine : loops.all()) {
      engine.loop().execute(() -> engine.onTopology(shared.topology()));
    }
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

  ProfileChanges profileChanges() {
    return profileChanges;
  }

  /** Makes the names of changed profiles known, after every loop has the profiles themselves. */
  void setProfiles(Profiles newer) {
    profiles = newer;
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

  NodeStates states() {
    return states;
  }

  NodeWatch nodeWatch() {
    return nodeWatch;
  }

  TlsReload tlsReload() {
    return tlsReload;
  }

  SessionCloser closer() {
    return closer;
  }

  ControlConnection control() {
    return control;
  }

  SessionSchema schema() {
    return schema;
  }

  @Nullable String keyspace() {
    return shared.keyspace();
  }
}
