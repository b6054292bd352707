package cqloop.netty.session;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.TlsOptions;
import cqloop.error.InvalidOptions;
import cqloop.error.SessionClosed;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ControlConfig;
import cqloop.netty.codec.Codecs;
import cqloop.netty.conn.ConnectionConfig;
import cqloop.netty.engine.EngineConfig;
import cqloop.netty.engine.SharedState;
import cqloop.netty.tls.TlsContext;
import cqloop.netty.vertx.CloseHooks;
import cqloop.netty.vertx.LoopContexts;
import cqloop.netty.vertx.NetClients;
import cqloop.netty.wire.Compression;
import cqloop.spi.AddressTranslatorProvider;
import cqloop.spi.Authenticator;
import cqloop.spi.AuthenticatorProvider;
import cqloop.spi.Driver;
import cqloop.spi.ReconnectionProvider;
import cqloop.spi.TypeCodecProvider;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. Opens a session: checks the options, puts the parts together, connects on the loop of
 * the caller, and ties the session to the caller's verticle. A failure leaves nothing behind.
 */
public final class SessionOpener {

  /** How often the cluster is read without any event, for one that was lost. */
  private static final long REFRESH_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final VertxInternal vertx;
  private final CqlOptions options;
  private final Driver.Setup setup;
  private final ContextInternal caller;
  private final EventLoop home;

  private SessionOpener(VertxInternal vertx, Driver.Setup setup) {
    this.vertx = vertx;
    this.options = setup.options();
    this.setup = setup;
    this.caller = vertx.getOrCreateContext();
    this.home = caller.nettyEventLoop();
  }

  /** Opens a session, or gives the one that is shared under the name in the options. */
  public static Future<CqlSession> open(Vertx vertx, Driver.Setup setup) {
    SessionOpener opener = new SessionOpener((VertxInternal) vertx, setup);
    String shared = setup.options().getSharedName();
    PromiseInternal<CqlSession> promise = opener.caller.promise();
    if (shared == null) {
      opener
          .open(true)
          .map(core -> (CqlSession) new SessionImpl(core, 0, core.closer()::close))
          .onComplete(promise);
    } else {
      SharedSessions.open(opener.vertx, opener.caller, shared, () -> opener.open(false))
          .onComplete(promise);
    }
    return promise.future();
  }

  /**
   * @param ofCaller whether the session closes with the caller's verticle
   */
  private Future<SessionCore> open(boolean ofCaller) {
    Promise<SessionCore> promise = Promise.promise();
    vertx
        .executeBlocking(this::load)
        .onComplete(
            (loaded, failure) -> {
              if (failure == null) {
                home.execute(() -> begin(loaded, ofCaller, promise));
              } else {
                promise.fail(failure);
              }
            });
    return promise.future();
  }

  /**
   * Value. What comes from the class path: read on a worker, because a loop must not wait for
   * files.
   */
  private record Loaded(PolicyRegistry registry, Codecs codecs, @Nullable TlsContext tls) {}

  private Loaded load() {
    options.validate();
    if (!options.getProtocol().getCompression().equals("none")) {
      Compression.of(options.getProtocol().getCompression());
    }
    DriverVersion.get();
    TlsOptions tls = options.getTls();
    return new Loaded(
        new PolicyRegistry(setup.providers()),
        codecs(),
        tls == null ? null : TlsContext.load(tls, vertx));
  }

  private void begin(Loaded loaded, boolean ofCaller, Promise<SessionCore> promise) {
    try {
      begin(loaded, ofCaller).onComplete(promise);
    } catch (RuntimeException cannotBegin) {
      promise.fail(cannotBegin);
    }
  }

  private Future<SessionCore> begin(Loaded loaded, boolean ofCaller) {
    List<Node> nodes = ContactPoints.nodesOf(options, new SplittableRandom());
    if (nodes.isEmpty()) {
      throw new InvalidOptions(
          "contactPoints", "none is given: call addContactPoint(\"host:port\")");
    }
    Promise<Node> opened = Promise.promise();
    OpeningWatch watch =
        new OpeningWatch(nodes.size(), options.getConnection().isReconnectOnInit(), opened);
    SessionCore core = put(loaded, nodes, watch);
    Promise<SessionCore> outcome = Promise.promise();
    if (ofCaller) {
      // From now on: the verticle may be undeployed while its session opens.
      core.closer()
          .setHooks(
              CloseHooks.add(
                  caller,
                  done -> {
                    outcome.tryFail(new SessionClosed(false));
                    core.closer().close().onComplete(done);
                  }));
    }
    opened
        .future()
        .compose(first -> follow(core, first))
        .onSuccess(nothing -> outcome.tryComplete(core))
        .onFailure(failure -> abandon(core, failure, outcome));
    try {
      core.loops().home().start();
    } catch (RuntimeException badPolicy) {
      opened.tryFail(badPolicy);
    }
    return outcome.future();
  }

  private static Future<Void> follow(SessionCore core, Node first) {
    Promise<Void> followed = Promise.promise();
    core.control().start(first, followed);
    return followed.future();
  }

  private static void abandon(SessionCore core, Throwable failure, Promise<SessionCore> outcome) {
    core.closer().close().onComplete((closed, ignored) -> outcome.tryFail(failure));
  }

  private SessionCore put(Loaded loaded, List<Node> nodes, OpeningWatch watch) {
    Profiles profiles = new Profiles(options);
    SessionPolicies policies = new SessionPolicies(vertx, options, loaded.registry(), profiles);
    Codecs codecs = loaded.codecs();
    UUID clientId = clientId();
    NetClients clients =
        new NetClients(
            vertx,
            options,
            home,
            bound -> ThreadLocalRandom.current().nextInt(bound),
            loaded.tls());
    ConnectionConfig connection = ConnectionConfigs.of(options, clientId, authenticator(policies));
    EngineConfig config =
        new EngineConfig(
            connection,
            clients.transport(),
            policies.create(
                ReconnectionProvider.class, options.getConnection().getReconnection(), home),
            policies,
            options.getPool().getConnectionsLocal(),
            options.getPool().getConnectionsRemote(),
            options.getPool().getQueueSize(),
            options.getMetadata().getMaxSchemaWait().toNanos());
    ControlConfig control =
        new ControlConfig(
            connection,
            config.reconnection(),
            policies.create(
                AddressTranslatorProvider.class,
                options.getConnection().getAddressTranslator(),
                home),
            options.getPort(),
            REFRESH_NANOS);
    return new SessionCore(
        vertx,
        options,
        new SessionParts(
            clientId,
            profiles,
            codecs,
            new SharedState(new Topology(0, "", "", nodes), options.getKeyspace()),
            config,
            control,
            loopsFromHome(),
            watch,
            clients::close));
  }

  private @Nullable Authenticator authenticator(SessionPolicies policies) {
    PolicyOptions auth = options.getAuth();
    return auth == null ? null : policies.create(AuthenticatorProvider.class, auth, home);
  }

  private Codecs codecs() {
    List<TypeCodecProvider> providers = new ArrayList<>(setup.codecProviders());
    ServiceLoader.load(TypeCodecProvider.class, SessionOpener.class.getClassLoader())
        .forEach(providers::add);
    return Codecs.of(setup.codecs(), providers);
  }

  private UUID clientId() {
    String given = options.getProtocol().getClientId();
    return given == null ? UUID.randomUUID() : UUID.fromString(given);
  }

  /** The engine of the opening loop comes first, so that a cap never moves it elsewhere. */
  private List<EventLoop> loopsFromHome() {
    List<EventLoop> loops = new ArrayList<>(LoopContexts.loopsOf(vertx));
    loops.remove(home);
    loops.add(0, home);
    return loops;
  }
}
