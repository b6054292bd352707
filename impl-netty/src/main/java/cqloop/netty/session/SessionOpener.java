package cqloop.netty.session;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.TlsOptions;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.netty.cloud.CloudAccess;
import cqloop.netty.cluster.ContactPoints;
import cqloop.netty.cluster.ControlConfig;
import cqloop.netty.codec.Codecs;
import cqloop.netty.conn.ConnectionConfig;
import cqloop.netty.engine.EngineConfig;
import cqloop.netty.engine.SharedState;
import cqloop.netty.observe.Observer;
import cqloop.netty.pool.ShardPortUse;
import cqloop.netty.tls.TlsContext;
import cqloop.netty.vertx.CloseHooks;
import cqloop.netty.vertx.LoopContexts;
import cqloop.netty.vertx.NetClients;
import cqloop.netty.vertx.VertxNames;
import cqloop.netty.wire.Compression;
import cqloop.spi.AddressTranslator;
import cqloop.spi.AddressTranslatorProvider;
import cqloop.spi.Authenticator;
import cqloop.spi.AuthenticatorProvider;
import cqloop.spi.Driver;
import cqloop.spi.ReconnectionPolicy;
import cqloop.spi.ReconnectionProvider;
import cqloop.spi.TypeCodecProvider;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
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
import org.jspecify.annotations.Nullable;

/**
 * Any thread. Opens a session: checks the options, puts the parts together, and ties the session to
 * the caller's verticle.
 */
public final class SessionOpener {

  private final VertxInternal vertx;
  private final CqlOptions options;
  private final Driver.Setup setup;
  private final ContextInternal caller;
  private final EventLoop home;
  private final @Nullable CloudAccess cloud;

  private SessionOpener(VertxInternal vertx, Driver.Setup setup) {
    this.vertx = vertx;
    this.options = setup.options();
    this.setup = setup;
    this.caller = vertx.getOrCreateContext();
    this.home = caller.nettyEventLoop();
    this.cloud = null;
  }

  private SessionOpener(SessionOpener from, CloudAccess cloud) {
    this.vertx = from.vertx;
    this.options = cloud.optionsFrom(from.options);
    this.setup = from.setup;
    this.caller = from.caller;
    this.home = from.home;
    this.cloud = cloud;
  }

  /** Opens a session, or gives the one that is shared under the name in the options. */
  public static Future<CqlSession> open(Vertx vertx, Driver.Setup setup) {
    SessionOpener opener = new SessionOpener((VertxInternal) vertx, setup);
    String shared = setup.options().getSharedName();
    PromiseInternal<CqlSession> promise = opener.caller.promise();
    if (shared == null) {
      SessionStart start = opener.start();
      // At once: the verticle may be undeployed while its session opens.
      start.setHooks(CloseHooks.add(opener.caller, done -> start.close().onComplete(done)));
      start
          .opened()
          .map(core -> (CqlSession) new SessionImpl(core, 0, core.closer()::close))
          .onComplete(promise);
    } else {
      SharedSessions.open(opener.vertx, opener.caller, shared, opener::start).onComplete(promise);
    }
    return promise.future();
  }

  private SessionStart start() {
    SessionStart start = new SessionStart(home, options.getConnection().isReconnectOnInit());
    start.begin(plan());
    return start;
  }

  private Future<SessionStart.Plan> plan() {
    return cloud == null && CloudAccess.isWanted(options)
        ? CloudAccess.open(vertx, options).compose(found -> new SessionOpener(this, found).plan())
        : vertx.executeBlocking(this::load).map(this::plan);
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

  /** Value. What was made of the options before anything is opened. */
  private record Parts(
      Loaded loaded,
      SessionPolicies policies,
      ReconnectionPolicy reconnection,
      ContactPoints contactPoints) {}

  private SessionStart.Plan plan(Loaded loaded) {
    SessionPolicies policies =
        new SessionPolicies(vertx, options, loaded.registry(), new Profiles(options));
    ReconnectionPolicy reconnection =
        policies.create(
            ReconnectionProvider.class, options.getConnection().getReconnection(), home);
    ContactPoints contactPoints =
        new ContactPoints(
            ContactOrder.of(options, new SplittableRandom()),
            cloud == null
                ? new VertxNames(vertx, home, options.getConnection().getResolveTimeout())
                : null,
            options.getConnection().isHostnameResolution());
    Parts parts = new Parts(loaded, policies, reconnection, contactPoints);
    return new SessionStart.Plan(
        contactPoints, reconnection, (nodes, watch) -> put(parts, nodes, watch));
  }

  /** Behind a proxy or a translator nobody knows where the other ports of a node are. */
  private ShardPortUse shardPorts() {
    boolean direct =
        cloud == null
            && options.getConnection().getAddressTranslator().getName().equals("identity");
    if (!direct || !options.getPool().isShardAwarePort()) {
      return ShardPortUse.NONE;
    }
    return options.getTls() == null ? ShardPortUse.PLAIN : ShardPortUse.TLS;
  }

  private SessionCore put(Parts parts, List<Node> nodes, OpeningWatch watch) {
    Loaded loaded = parts.loaded();
    SessionPolicies policies = parts.policies();
    Codecs codecs = loaded.codecs();
    UUID clientId = clientId();
    Observer observer = Observer.of(vertx, options);
    NetClients clients =
        new NetClients(
            vertx,
            options,
            home,
            bound -> ThreadLocalRandom.current().nextInt(bound),
            cloud == null ? null : cloud.proxy(),
            loaded.tls());
    ConnectionConfig connection = ConnectionConfigs.of(options, clientId, authenticator(policies));
    EngineConfig config =
        new EngineConfig(
            connection,
            clients.transport(),
            parts.reconnection(),
            policies,
            options.getPool().getConnectionsLocal(),
            options.getPool().getConnectionsRemote(),
            shardPorts(),
            options.getPool().getQueueSize(),
            options.getMetadata().getMaxSchemaWait().toNanos(),
            options.getConnection().isVerifyHostId());
    ControlConfig control =
        new ControlConfig(
            connection,
            config.reconnection(),
            translator(policies),
            options.getPort(),
            SessionSchema.refresh(options.getMetadata()));
    return new SessionCore(
        vertx,
        options,
        new SessionParts(
            clientId,
            policies,
            codecs,
            new SharedState(new Topology(0, "", "", nodes), options.getKeyspace()),
            config,
            control,
            parts.contactPoints(),
            loopsFromHome(),
            watch,
            clients::setTls,
            observer,
            () -> {
              if (observer != null) {
                observer.close();
              }
              return parts.contactPoints().close().eventually(clients::close);
            }));
  }

  private AddressTranslator translator(SessionPolicies policies) {
    return cloud == null
        ? policies.create(
            AddressTranslatorProvider.class, options.getConnection().getAddressTranslator(), home)
        : cloud.translator();
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
