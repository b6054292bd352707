package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static cqloop.testkit.fake.Conditions.opcode;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.error.SessionClosed;
import cqloop.testkit.fake.Condition;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import cqloop.testkit.fake.Opcode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A8: a session that is closed at any step of its opening is gone at once, whatever the limits of
 * that step, which are a minute here.
 */
class CloseWhileOpeningIT {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Fakes fakes = new Fakes();
  private final WatchedSockets sockets = new WatchedSockets();
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx =
        VertxBootstrap.create()
            .options(new VertxOptions().setEventLoopPoolSize(2))
            .transport(sockets)
            .init()
            .vertx();
  }

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  static Stream<Arguments> steps() {
    return Stream.of(
        Arguments.of("OPTIONS", opcode(Opcode.OPTIONS)),
        Arguments.of("STARTUP", opcode(Opcode.STARTUP)),
        Arguments.of("AUTH_RESPONSE", opcode(Opcode.AUTH_RESPONSE)),
        Arguments.of("USE", cqlContains("USE ")),
        Arguments.of("REGISTER", opcode(Opcode.REGISTER)),
        Arguments.of("system.local", cqlContains("FROM system.local")),
        Arguments.of("peers_v2", cqlContains("FROM system.peers_v2")),
        Arguments.of("keyspaces", cqlContains("FROM system_schema.keyspaces")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void closesAtOnceWhileANodeStalls(String step, Condition condition) {
    FakeNode node = fakes.start(new FakeNodeOptions().setCredentials("user", "secret"));
    node.when(condition).drop();
    CqlOptions options = patient(Fakes.options(node)).setKeyspace("shop");
    options.setAuth(
        new PolicyOptions("plain")
            .setConfig(new JsonObject().put("username", "user").put("password", "secret")));
    Promise<CqlSession> opening = Promise.promise();
    String id = deploy(options, opening);
    Awaits.get(node.awaitRequest(condition));

    long begin = System.nanoTime();
    Awaits.get(vertx.undeploy(id));

    Awaits.failure(SessionClosed.class, opening.future());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    Awaits.until("no socket is open", SOON, () -> sockets.open() == 0);
    Fakes.awaitNoConnections(node);
  }

  @Test
  void closesAtOnceWhileAConnectStalls() throws Exception {
    try (StalledPort stalled = new StalledPort()) {
      Promise<CqlSession> opening = Promise.promise();
      CqlOptions options = patient(new CqlOptions().addContactPoint(stalled.endpoint()));
      String id = deploy(options, opening);
      Awaits.until("the connect is under way", SOON, () -> sockets.open() == 1);

      long begin = System.nanoTime();
      Awaits.get(vertx.undeploy(id));

      Awaits.failure(SessionClosed.class, opening.future());
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
      Awaits.until("no socket is open", SOON, () -> sockets.open() == 0);
    }
  }

  @Test
  void closesAtOnceWhileAPoolConnectsToAnotherNode() throws Exception {
    FakeNode node = fakes.start();
    try (StalledPort stalled = new StalledPort()) {
      CqlOptions options = patient(new CqlOptions().addContactPoint(stalled.endpoint()));
      options.addContactPoint(Fakes.endpoint(node));
      options.getConnection().setRandomizeContactPoints(false);
      // The stalled node is dropped when the cluster is read: that gives the connect up, too.
      CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
      Awaits.until("only the good node has sockets", SOON, () -> sockets.open() == 2);
      Awaits.get(session.close());
    }
    Awaits.until("no socket is open", SOON, () -> sockets.open() == 0);
  }

  @Test
  void closesAtOnceWhileItWaitsToTryAgain() {
    FakeNode node = fakes.start();
    Awaits.get(node.stop());
    CqlOptions options = patient(Fakes.options(node));
    options.getConnection().setReconnectOnInit(true);
    Promise<CqlSession> opening = Promise.promise();
    String id = deploy(options, opening);
    Awaits.until("it has tried twice", SOON, () -> sockets.count() >= 2);

    Awaits.get(vertx.undeploy(id));

    Awaits.failure(SessionClosed.class, opening.future());
    int tried = sockets.count();
    Awaits.get(vertx.timer(200));
    assertThat(sockets.count()).isEqualTo(tried);
    assertThat(sockets.open()).isZero();
  }

  private String deploy(CqlOptions options, Promise<CqlSession> opening) {
    return Awaits.get(
        vertx.deployVerticle(
            new VerticleBase() {
              @Override
              public Future<?> start() {
                CqlSession.connect(vertx, options).onComplete(opening);
                return Future.succeededFuture();
              }
            }));
  }

  private static CqlOptions patient(CqlOptions options) {
    options.getConnection().setConnectTimeout(LONG).setHandshakeTimeout(LONG);
    return options;
  }
}
