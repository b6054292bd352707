package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static cqloop.testkit.fake.Conditions.query;
import static cqloop.testkit.fake.Replies.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.ProtocolVersion;
import cqloop.SimpleStatement;
import cqloop.error.RequestTimeout;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeConnection;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import cqloop.testkit.fake.FaultProxy;
import cqloop.testkit.fake.ProxyFaults;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.WireType;
import cqloop.testkit.fake.WireVersion;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clusters whose nodes are not alike: in the middle of an upgrade, or one of them frozen. */
class MixedClusterIT {

  private static final String SELECT = "SELECT v FROM t";

  private final Fakes fakes = new Fakes();
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  }

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void speaksTheVersionOfTheOldestNodeWithAll() {
    FakeNode newer = serving(new FakeNodeOptions().setHost("127.0.0.3"));
    FakeNode older =
        serving(
            new FakeNodeOptions()
                .setHost("127.0.0.4")
                .setPort(newer.port())
                .setVersions(WireVersion.V3, WireVersion.V4));
    newer.setPeers(List.of(older.info()));
    older.setPeers(List.of(newer.info()));
    CqlSession session = Awaits.get(CqlSession.connect(vertx, patient(newer)));

    Awaits.until(
        "the session speaks v4",
        Awaits.SOON,
        () -> session.protocolVersion() == ProtocolVersion.V4);
    // The newer node took connections with v5 before the older one was found.
    for (FakeNode node : List.of(newer, older)) {
      SimpleStatement pinned = SimpleStatement.of(SELECT).withNode(Fakes.endpoint(node));
      Awaits.until(
          "requests travel in v4",
          Awaits.SOON,
          () -> {
            node.clearRequests();
            Awaits.served(Awaits.SOON, () -> session.execute(pinned));
            return node.requests(query(SELECT)).get(0).version() == WireVersion.V4;
          });
    }
    Awaits.get(session.close());
  }

  /** A2: the control connection does not wait for its own heartbeat on a node that is frozen. */
  @Test
  void leavesAFrozenNodeWhenARequestToItTimesOut() {
    FakeNode frozen = serving(new FakeNodeOptions().setHost("127.0.0.3"));
    FakeNode good = serving(new FakeNodeOptions().setHost("127.0.0.4").setPort(frozen.port()));
    FaultProxy proxy = Awaits.get(FaultProxy.start(fakes.vertx(), frozen.address()));
    frozen.setPeers(List.of(good.info()));
    good.setPeers(List.of(frozen.info()));
    String endpoint =
        proxy.address().getAddress().getHostAddress() + ":" + proxy.address().getPort();
    CqlOptions options = patient();
    options.addContactPoint(endpoint);
    CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
    Awaits.until("the frozen one is followed", Awaits.SOON, () -> isFollowed(frozen));
    Awaits.get(proxy.change(faults -> faults.withFlow(ProxyFaults.Flow.SWALLOWED)));
    long begin = System.nanoTime();

    Awaits.failure(
        RequestTimeout.class,
        session.execute(
            SimpleStatement.of(SELECT).withNode(endpoint).withTimeout(Duration.ofMillis(500))));

    Awaits.until("the other one is followed", Awaits.SOON, () -> isFollowed(good));
    // 500 ms for the request, one second for the probe, and one for a busy machine.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2500));
    Awaits.get(session.close());
    Awaits.get(proxy.close());
  }

  @Test
  void asksOnceForATableThatTheNodeDoesNotHave() {
    FakeNode node = serving(new FakeNodeOptions().setHost("127.0.0.3"));
    node.when(cqlContains("FROM system.peers_v2"))
        .reply(Errors.error(Errors.INVALID, "unconfigured table"));
    CqlSession session = Awaits.get(CqlSession.connect(vertx, patient(node)));
    node.clearRequests();
    Awaits.get(node.pushEvent(Replies.topologyEvent("NEW_NODE", node.address())));

    Awaits.get(node.awaitRequest(cqlContains("FROM system.peers")));
    assertThat(node.requests(cqlContains("FROM system.peers_v2"))).isEmpty();
    Awaits.get(session.close());
  }

  private FakeNode serving(FakeNodeOptions options) {
    FakeNode node = fakes.start(options);
    node.when(query(SELECT)).reply(rows().column("v", WireType.INT).row(42));
    return node;
  }

  private static CqlOptions patient(FakeNode... nodes) {
    CqlOptions options = Fakes.options(nodes);
    options
        .getConnection()
        .setConnectTimeout(Duration.ofSeconds(10))
        .setHandshakeTimeout(Duration.ofSeconds(10));
    return options;
  }

  private static boolean isFollowed(FakeNode node) {
    return node.connections().stream().anyMatch(MixedClusterIT::isControl);
  }

  private static boolean isControl(FakeConnection connection) {
    return !connection.eventTypes().isEmpty();
  }
}
