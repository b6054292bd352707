package cqloop.netty.session;

import cqloop.BoundStatement;
import cqloop.CqlSession;
import cqloop.DerivedProfile;
import cqloop.PreparedStatement;
import cqloop.ProfileOptions;
import cqloop.ProtocolVersion;
import cqloop.QueryTrace;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.RowStream;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.TlsOptions;
import cqloop.metadata.Node;
import cqloop.metadata.NodeListener;
import cqloop.metadata.SchemaListener;
import cqloop.metadata.SchemaMetadata;
import cqloop.metadata.TokenMap;
import cqloop.metadata.Topology;
import cqloop.metrics.SessionMetrics;
import cqloop.netty.exec.Replicas;
import cqloop.netty.exec.ResultInfo;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** Facade. One view of a session: everything it shares, and an execution profile. */
final class SessionImpl implements CqlSession {

  private final SessionCore core;
  private final int profile;
  private final Supplier<Future<Void>> closing;

  /**
   * @param closing closes the session, or what this view holds of it
   */
  SessionImpl(SessionCore core, int profile, Supplier<Future<Void>> closing) {
    this.core = core;
    this.profile = profile;
    this.closing = closing;
  }

  @Override
  public Future<RowSet> execute(Statement<?> statement) {
    Future<RowSet> rows = core.execute(statement, profile);
    return statement instanceof SimpleStatement simple && KeyspaceSwitch.isUse(simple.cql())
        ? rows.compose(this::followUse)
        : rows;
  }

  @Override
  public Future<RowSet> execute(String cql, @Nullable Object... values) {
    return execute(SimpleStatement.of(cql, values));
  }

  @Override
  public Future<PreparedStatement> prepare(String cql) {
    return prepare(SimpleStatement.of(cql));
  }

  @Override
  public Future<PreparedStatement> prepare(SimpleStatement statement) {
    ContextInternal context = core.vertx().getOrCreateContext();
    PromiseInternal<PreparedStatement> promise = context.promise();
    core.prepare(context, statement, profile, promise);
    return core.asCalled(promise.future());
  }

  @Override
  public RowStream stream(String cql, @Nullable Object... values) {
    return stream(SimpleStatement.of(cql, values));
  }

  @Override
  public RowStream stream(Statement<?> statement) {
    return stream(statement, core.callerStack());
  }

  @Override
  public Flow.Publisher<Row> publisher(Statement<?> statement) {
    CallerStack made = core.callerStack();
    return new RowPublisher(() -> stream(statement, made));
  }

  @Override
  public <A, R> Future<R> collect(Statement<?> statement, Collector<? super Row, A, R> collector) {
    return core.asCalled(
        execute(paged(statement))
            .compose(first -> PageCollector.collect(first, collector.supplier().get(), collector)));
  }

  @Override
  public CqlSession withProfile(String name) {
    return new SessionImpl(core, core.profiles().indexOf(name), closing);
  }

  @Override
  public ProfileOptions profile(String name) {
    return core.profiles().options().effectiveProfile(name);
  }

  @Override
  public Future<Void> setProfile(String name, ProfileOptions options) {
    ContextInternal context = core.vertx().getOrCreateContext();
    PromiseInternal<Void> promise = context.promise();
    core.profileChanges().set(name, options).onComplete(promise);
    return promise.future();
  }

  @Override
  public @Nullable String keyspace() {
    return core.keyspace();
  }

  @Override
  public Future<Void> useKeyspace(String keyspace) {
    return execute(KeyspaceSwitch.statement(keyspace)).mapEmpty();
  }

  @Override
  public Future<QueryTrace> queryTrace(UUID tracingId) {
    return core.asCalled(new TraceReader(core, profile, tracingId).read());
  }

  @Override
  public List<Node> replicas(BoundStatement statement) {
    return Replicas.of(statement, core.shared());
  }

  @Override
  public Topology topology() {
    return OpenConnections.countedIn(core.shared().topology(), core.loops().all());
  }

  @Override
  public @Nullable TokenMap tokenMap() {
    return TokenMapImpl.of(core.shared().cluster());
  }

  @Override
  public void addNodeListener(NodeListener listener) {
    core.nodeWatch().add(listener);
  }

  @Override
  public void removeNodeListener(NodeListener listener) {
    core.nodeWatch().remove(listener);
  }

  @Override
  public Future<SchemaMetadata> schema() {
    return core.asCalled(core.schema().get());
  }

  @Override
  public Future<SchemaMetadata> refreshSchema() {
    return core.asCalled(core.schema().refresh());
  }

  @Override
  public void addSchemaListener(SchemaListener listener) {
    core.schema().add(listener);
  }

  @Override
  public void removeSchemaListener(SchemaListener listener) {
    core.schema().remove(listener);
  }

  @Override
  public SessionMetrics metrics() {
    return core.metrics();
  }

  @Override
  public ProtocolVersion protocolVersion() {
    return Objects.requireNonNull(core.shared().version(), "a session opens with a version");
  }

  @Override
  public UUID clientId() {
    return core.clientId();
  }

  @Override
  public Future<Void> reloadTls() {
    return onCaller(core.tlsReload().reload(null));
  }

  @Override
  public Future<Void> reloadTls(TlsOptions options) {
    return onCaller(core.tlsReload().reload(options));
  }

  private <T> Future<T> onCaller(Future<T> future) {
    PromiseInternal<T> promise = core.vertx().getOrCreateContext().promise();
    future.onComplete(promise);
    return promise.future();
  }

  @Override
  public Future<Void> close() {
    return onCaller(closing.get());
  }

  private RowStream stream(Statement<?> statement, @Nullable CallerStack made) {
    ContextInternal context = core.vertx().getOrCreateContext();
    return new RowStreamImpl(core, context, paged(statement), profile, made);
  }

  private Future<RowSet> followUse(RowSet rows) {
    String keyspace = ((ResultInfo) rows.executionInfo()).keyspace();
    if (keyspace == null) {
      return Future.succeededFuture(rows);
    }
    PromiseInternal<RowSet> promise = core.vertx().getOrCreateContext().promise();
    KeyspaceSwitch.follow(core, keyspace).map(rows).onComplete(promise);
    return promise.future();
  }

  /**
   * Streams need pages: a statement that is not paged by its own word or its profile's gets some.
   */
  private Statement<?> paged(Statement<?> statement) {
    if (statement.settings().pageSize() != null) {
      return statement;
    }
    DerivedProfile own = statement.settings().derivedProfile();
    Integer ownSize = own == null ? null : own.options().getPageSize();
    if (ownSize != null) {
      return statement.withPageSize(Profiles.streamPageSize(ownSize));
    }
    int index = core.profileOf(statement, profile);
    return statement.withPageSize(core.profiles().settings(index).streamPageSize());
  }
}
