package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.any;
import static cqloop.testkit.fake.Conditions.opcode;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.ProtocolVersion;
import cqloop.error.AuthenticationFailed;
import cqloop.error.ConnectionFailed;
import cqloop.error.CqlException;
import cqloop.error.HandshakeTimeout;
import cqloop.error.HostResolutionFailed;
import cqloop.error.InvalidOptions;
import cqloop.error.NoNodeAvailable;
import cqloop.error.UnsupportedProtocolVersion;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.VersionRefusal;
import cqloop.testkit.fake.WireVersion;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What connect says when it cannot, and that nothing is left of the attempt. */
class ConnectFailuresIT {

  private final Fakes fakes = new Fakes();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void closedPort() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String endpoint = "127.0.0.1:" + port;
    NoNodeAvailable error = connectFails(NoNodeAvailable.class, to(endpoint));
    assertThat(error.reasons()).containsOnlyKeys(endpoint);
    assertThat(error.reasons().get(endpoint)).isInstanceOf(ConnectionFailed.class);
    assertThat(error).hasMessageContaining(endpoint).hasMessageContaining("refused");
  }

  @Test
  void blackHole() {
    FakeNode node = fakes.start();
    node.when(any()).drop();
    long start = System.nanoTime();
    NoNodeAvailable error = connectFails(NoNodeAvailable.class, Fakes.options(node));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    assertThat(error.reasons().values()).hasOnlyElementsOfType(HandshakeTimeout.class);
    Fakes.awaitNoConnections(node);
  }

  @Test
  void serverOfAnotherProtocol() {
    HttpServer http =
        Awaits.get(
            fakes
                .vertx()
                .createHttpServer()
                .requestHandler(request -> request.response().end("hello"))
                .listen(0, "127.0.0.1"));
    CqlOptions options = to("127.0.0.1:" + http.actualPort());
    // The answer is what fails here, however long a busy machine takes to give it.
    options.getConnection().setHandshakeTimeout(Duration.ofSeconds(10));
    NoNodeAvailable error = connectFails(NoNodeAvailable.class, options);
    assertThat(error.reasons().values()).hasOnlyElementsOfType(ConnectionFailed.class);
  }

  @Test
  void serverThatClosesAtOnce() {
    NetServer server =
        Awaits.get(
            fakes
                .vertx()
                .createNetServer()
                .connectHandler(socket -> socket.close())
                .listen(0, "127.0.0.1"));
    NoNodeAvailable error =
        connectFails(NoNodeAvailable.class, to("127.0.0.1:" + server.actualPort()));
    assertThat(error.reasons().values()).hasOnlyElementsOfType(ConnectionFailed.class);
  }

  @Test
  void unknownHostName() {
    CqlException error = connectFails(CqlException.class, to("no-such-host.invalid:9042"));
    Throwable reason =
        error instanceof NoNodeAvailable none ? none.reasons().values().iterator().next() : error;
    assertThat(reason).isInstanceOfAny(HostResolutionFailed.class, ConnectionFailed.class);
    assertThat(error).hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void loginIsAskedButNoneIsConfigured() {
    FakeNode node = fakes.start(new FakeNodeOptions().setCredentials("app", "secret"));
    AuthenticationFailed error = connectFails(AuthenticationFailed.class, Fakes.options(node));
    assertThat(error).hasMessageContaining("auth");
    assertThat(error.node()).isEqualTo(Fakes.endpoint(node));
    Fakes.awaitNoConnections(node);
  }

  @Test
  void wrongPassword() {
    FakeNode node = fakes.start(new FakeNodeOptions().setCredentials("app", "secret"));
    CqlOptions options =
        Fakes.options(node)
            .setAuth(
                new PolicyOptions("plain")
                    .setConfig(
                        new JsonObject().put("username", "app").put("password", "swordfish")));
    AuthenticationFailed error = connectFails(AuthenticationFailed.class, options);
    assertThat(error.toString()).doesNotContain("swordfish");
    Fakes.awaitNoConnections(node);
  }

  @Test
  void versionsThatDoNotMeet() {
    FakeNode node = fakes.start(new FakeNodeOptions().setVersions(WireVersion.V3));
    CqlOptions options = Fakes.options(node);
    options.getProtocol().setVersion(ProtocolVersion.V5);
    UnsupportedProtocolVersion error = connectFails(UnsupportedProtocolVersion.class, options);
    assertThat(error).hasMessageContaining("V5");
    Fakes.awaitNoConnections(node);
    // Left to itself it goes down to what the node speaks.
    CqlSession session = Awaits.get(CqlSession.connect(vertx, Fakes.options(node)));
    assertThat(session.protocolVersion()).isEqualTo(ProtocolVersion.V3);
    Awaits.get(session.close());
  }

  /** Cassandra 3.11 has v5 as beta version, and refuses it so. */
  @Test
  void versionIsRefusedOnAnotherStream() {
    FakeNode node =
        fakes.start(
            new FakeNodeOptions()
                .setVersions(WireVersion.V3, WireVersion.V4)
                .setBetaVersions(WireVersion.V5)
                .setRefusal(VersionRefusal.STREAM_ZERO));
    CqlSession session = Awaits.get(CqlSession.connect(vertx, Fakes.options(node)));
    assertThat(session.protocolVersion()).isEqualTo(ProtocolVersion.V4);
    Awaits.get(session.close());
    Fakes.awaitNoConnections(node);
  }

  @Test
  void connectionIsCutAtEachStepOfTheHandshake() {
    for (Opcode step : new Opcode[] {Opcode.OPTIONS, Opcode.STARTUP}) {
      FakeNode node = fakes.start();
      node.when(opcode(step)).reset();
      NoNodeAvailable error = connectFails(NoNodeAvailable.class, Fakes.options(node));
      assertThat(error).hasMessageContaining(step.name());
      Fakes.awaitNoConnections(node);
    }
  }

  @Test
  void oneGoodNodeIsEnough() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    FakeNode node = fakes.start();
    CqlOptions options = Fakes.options(node).addContactPoint("127.0.0.1:" + closed);
    CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
    assertThat(Awaits.get(session.execute("SELECT release_version FROM system.local")).size())
        .isEqualTo(1);
    Awaits.get(session.close());
    Fakes.awaitNoConnections(node);
  }

  @Test
  void optionsThatCannotWork() {
    connectFails(InvalidOptions.class, new CqlOptions());
    CqlOptions unknown = to("127.0.0.1:1");
    unknown.getDefaultProfile().setLoadBalancing(new PolicyOptions("rack-frist"));
    assertThat(connectFails(IllegalArgumentException.class, unknown))
        .hasMessageContaining("rack-frist")
        .hasMessageContaining("round-robin");
    CqlOptions wrongKey = to("127.0.0.1:1");
    wrongKey
        .getConnection()
        .setReconnection(new PolicyOptions("constant").setConfig(new JsonObject().put("dely", 1)));
    assertThat(connectFails(IllegalArgumentException.class, wrongKey)).hasMessageContaining("dely");
    CqlOptions compression = to("127.0.0.1:1");
    compression.getProtocol().setVersion(ProtocolVersion.V5).setCompression("snappy");
    assertThat(connectFails(InvalidOptions.class, compression)).hasMessageContaining("snappy");
  }

  @Test
  void reconnectOnInitWaitsForTheFirstNode() throws Exception {
    FakeNode node = fakes.start();
    Awaits.get(node.stop());
    CqlOptions options = Fakes.options(node);
    options.getConnection().setReconnectOnInit(true);
    io.vertx.core.Future<CqlSession> opening = CqlSession.connect(vertx, options);
    vertx.setTimer(200, v -> node.resume());
    CqlSession session = Awaits.get(opening);
    Awaits.get(session.close());
  }

  private <E extends Throwable> E connectFails(Class<E> type, CqlOptions options) {
    return Awaits.failure(type, CqlSession.connect(vertx, options));
  }

  private static CqlOptions to(String endpoint) {
    CqlOptions options = Fakes.options();
    return options.addContactPoint(endpoint);
  }
}
