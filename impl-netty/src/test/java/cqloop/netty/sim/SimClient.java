package cqloop.netty.sim;

import cqloop.Columns;
import cqloop.Consistency;
import cqloop.DerivedProfile;
import cqloop.PreparedStatement;
import cqloop.ProtocolVersion;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.error.CqlException;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.codec.Codecs;
import cqloop.netty.codec.SimpleValues;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ConnectionConfig;
import cqloop.netty.engine.EngineConfig;
import cqloop.netty.engine.EngineListener;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.LoopProfile;
import cqloop.netty.engine.PolicySource;
import cqloop.netty.engine.ProfileSettings;
import cqloop.netty.engine.SharedState;
import cqloop.netty.exec.Calls;
import cqloop.netty.exec.Requester;
import cqloop.netty.message.Event;
import cqloop.netty.message.QueryParameters;
import cqloop.netty.message.SchemaChange;
import cqloop.netty.pool.ShardPortUse;
import cqloop.netty.row.ColumnPlan;
import cqloop.spi.Authenticator;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.ReconnectionPolicy;
import cqloop.spi.RetryPolicy;
import cqloop.spi.SpeculativeExecutionPolicy;
import cqloop.spi.Throttle;
import cqloop.spi.TimestampGenerator;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Not shared. What a session is below its facade, over a simulated network: one engine on one loop.
 * Its settings are fields, to be set before {@link #start}.
 */
public final class SimClient implements Requester, EngineListener {

  private static final Codecs CODECS = Codecs.builtIn();

  public ProtocolVersion forcedVersion;
  public boolean beta;
  public String compression;
  public Authenticator authenticator;
  public int maxInFlight = 1024;
  public int maxOrphans = 256;
  public long maxOrphanAgeNanos = SimWorld.seconds(60);
  public long handshakeNanos = SimWorld.seconds(5);
  public long heartbeatNanos = SimWorld.seconds(30);
  public long idleNanos = SimWorld.seconds(60);
  public long coalesceNanos;
  public int connectionsPerNode = 1;
  public int queueSize = 1000;
  public boolean verifyHostId = true;
  public long timeoutNanos = SimWorld.seconds(2);
  public long attemptTimeoutNanos;
  public int maxAttempts = 10;
  public boolean idempotent;
  public String keyspace;

  /** The least time between two attempts to connect, in milliseconds. */
  public long reconnectMillis = 1000;

  public Throttle throttle = Throttle.NONE;
  public ReconnectionPolicy reconnection = () -> () -> 1000;
  public RetryPolicy retry = SimPolicies.defaultRetry();
  public LoadBalancingPolicy loadBalancing = SimPolicies.roundRobin();
  public SpeculativeExecutionPolicy speculation = (node, started) -> -1;

  private final SimNetwork network;
  private final SimLoop loop;
  private final List<String> events = new ArrayList<>();
  private final ColumnPlan noColumns = new ColumnPlan(Columns.NONE, CODECS);
  private final SimpleValues simpleValues = new SimpleValues(CODECS, true);
  private EngineListener listener;
  private LoopEngine engine;
  private SharedState shared;
  private int idleCalls;

  public SimClient(SimNetwork network, SimLoop loop) {
    this.network = network;
    this.loop = loop;
  }

  /** Returns where the server with this number listens. */
  public static SocketAddress address(int number) {
    return SocketAddress.inetSocketAddress(9042, "10.0.0." + (number + 1));
  }

  /** Returns the configuration of connections that the fields make. */
  public ConnectionConfig connectionConfig() {
    return new ConnectionConfig(
        forcedVersion,
        beta,
        compression,
        Map.of("DRIVER_NAME", "cqloop"),
        authenticator,
        16 * 1024 * 1024,
        maxInFlight,
        maxOrphans,
        maxOrphanAgeNanos,
        SimWorld.seconds(2),
        handshakeNanos,
        heartbeatNanos,
        idleNanos,
        coalesceNanos);
  }

  /** Connects to this many nodes. */
  public void start(int nodes) {
    shared = new SharedState(topology(nodes), keyspace);
    ProfileSettings settings =
        new ProfileSettings(
            "default",
            0,
            QueryParameters.of(Consistency.LOCAL_ONE, 5000),
            idempotent,
            timeoutNanos,
            attemptTimeoutNanos,
            maxAttempts,
            false,
            5000);
    EngineConfig config =
        new EngineConfig(
            connectionConfig(),
            network,
            reconnection,
            policies(
                new LoopProfile(
                    settings,
                    loadBalancing,
                    retry,
                    speculation,
                    () -> TimestampGenerator.SERVER_SIDE)),
            connectionsPerNode,
            connectionsPerNode,
            ShardPortUse.PLAIN,
            queueSize,
            0,
            verifyHostId);
    engine = new LoopEngine(loop, config, shared, this);
    loop.run(engine::start);
  }

  private PolicySource policies(LoopProfile profile) {
    return new PolicySource() {
      @Override
      public List<LoopProfile> create(EventLoop any) {
        return List.of(profile);
      }

      @Override
      public LoopProfile derive(LoopProfile base, DerivedProfile own, EventLoop any) {
        throw new UnsupportedOperationException("Statements of a simulation change no profile");
      }

      @Override
      public Throttle throttle(EventLoop any) {
        return throttle;
      }
    };
  }

  /** Returns a cluster of this many nodes. */
  public static Topology topology(int nodes) {
    List<Node> all = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      all.add(Node.at(i, address(i)));
    }
    return new Topology(1, "sim", "", all);
  }

  /** Returns what is known of a cluster of this many nodes. */
  public static ClusterState cluster(int nodes) {
    return ClusterState.ofContactPoints(topology(nodes));
  }

  /** Tells this one what the engine says, besides writing it down. */
  public void setListener(EngineListener newListener) {
    listener = newListener;
  }

  public LoopEngine engine() {
    return engine;
  }

  public SharedState shared() {
    return shared;
  }

  /** Executes a statement. */
  public void execute(Statement<?> statement, Completable<RowSet> done) {
    loop.run(() -> Calls.execute(this, engine, 0, statement, done));
  }

  /** Executes a text and returns what becomes of it. */
  public Outcome<RowSet> execute(String cql) {
    return execute(SimpleStatement.of(cql));
  }

  /** Executes a statement and returns what becomes of it. */
  public Outcome<RowSet> execute(Statement<?> statement) {
    Outcome<RowSet> outcome = new Outcome<>(loop.world());
    execute(statement, outcome);
    return outcome;
  }

  /** Prepares a text and returns what becomes of it. */
  public Outcome<PreparedStatement> prepare(String cql) {
    Outcome<PreparedStatement> outcome = new Outcome<>(loop.world());
    loop.run(
        () ->
            Calls.prepare(
                this,
                engine,
                0,
                SimpleStatement.of(cql),
                (prepared, failure) ->
                    outcome.complete(prepared == null ? null : prepared.statement(), failure)));
    return outcome;
  }

  /** What the engine told its listener, such as {@code up 10.0.0.1:9042}. */
  public List<String> events() {
    return events;
  }

  /** How often the engine said that it is idle. */
  public int idleCalls() {
    return idleCalls;
  }

  @Override
  public Codecs codecs() {
    return CODECS;
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
    return sessionProfile;
  }

  @Override
  public Future<RowSet> execute(Statement<?> statement, int profile) {
    throw new UnsupportedOperationException("Pages of a simulation are asked for by hand");
  }

  @Override
  public void onUp(LoopEngine from, Node node) {
    loop.world().trace("up %s", node);
    events.add("up " + node.endpoint());
    if (listener != null) {
      listener.onUp(from, node);
    }
  }

  @Override
  public void onDown(LoopEngine from, Node node, CqlException reason) {
    loop.world().trace("down %s: %s", node, reason.getMessage());
    events.add("down " + node.endpoint());
    if (listener != null) {
      listener.onDown(from, node, reason);
    }
  }

  @Override
  public void onWrongNode(LoopEngine from, Node node) {
    loop.world().trace("another node at %s", node);
    events.add("wrong " + node.endpoint());
    if (listener != null) {
      listener.onWrongNode(from, node);
    }
  }

  @Override
  public void onEvent(LoopEngine from, Connection connection, Event event) {
    events.add("event " + event);
  }

  @Override
  public void onSchemaChange(LoopEngine changedBy, SchemaChange changed) {
    throw new AssertionError("no request of a simulation changes the schema");
  }

  @Override
  public void onIdle(LoopEngine from) {
    idleCalls++;
  }
}
