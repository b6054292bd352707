package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.opcode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.TlsOptions;
import cqloop.TlsVerification;
import cqloop.error.AuthenticationFailed;
import cqloop.error.ConnectionFailed;
import cqloop.error.HostResolutionFailed;
import cqloop.error.NoNodeAvailable;
import cqloop.error.SessionClosed;
import cqloop.error.TlsFailed;
import cqloop.metadata.Node;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contact points as names: A9, A10 and A11, with a scripted name server. */
class HostNamesIT {

  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SWITCH = Duration.ofSeconds(10);

  private final Fakes fakes = new Fakes();
  private final DnsServer dns = new DnsServer();
  private Vertx vertx;
  private FakeNode node;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(dns.vertxOptions());
    node = fakes.start(new FakeNodeOptions().setHost("127.0.0.3"));
  }

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
    dns.close();
  }

  @Test
  void triesEveryAddressOfAName() {
    dns.setAddresses("db.test", "127.0.0.8", "127.0.0.9", "127.0.0.3");
    CqlSession session = connect(options("db.test:" + node.port()));

    Node found = session.topology().nodes().get(0);
    assertThat(found.endpoint()).isEqualTo("127.0.0.3:" + node.port());
    assertThat(found.hostname()).isEqualTo("db.test");
    assertThat(session.topology().nodes()).hasSize(1);
    Awaits.get(session.close());
  }

  @Test
  void namesEveryAddressThatCannotBeReached() {
    dns.setAddresses("db.test", "127.0.0.8", "127.0.0.9", "::1", "fd00::7");

    NoNodeAvailable failure =
        Awaits.failure(
            NoNodeAvailable.class, CqlSession.connect(vertx, options("db.test:" + node.port())));

    assertThat(failure.reasons())
        .containsKeys("127.0.0.8:" + node.port(), "127.0.0.9:" + node.port())
        .containsKeys("[::1]:" + node.port(), "[fd00::7]:" + node.port());
  }

  /** Who reads it knows the name that he gave; which of its addresses it was helps to mend it. */
  @Test
  void errorsTellTheNameAndTheAddress() {
    dns.setAddresses("db.test", "127.0.0.3");
    int port = node.port();
    String label = "db.test (127.0.0.3:" + port + ")";
    CqlOptions secured = options("db.test:" + port);
    secured.setTls(
        new TlsOptions().setVerification(TlsVerification.NONE).setHandshakeTimeout(SHORT));
    TlsFailed tls = Awaits.failure(TlsFailed.class, CqlSession.connect(vertx, secured));
    assertThat(tls).hasMessageContaining("TLS with " + label + ": ");
    assertThat(tls.node()).isEqualTo("127.0.0.3:" + port);

    node.when(opcode(Opcode.STARTUP)).reply(Replies.authenticate("a.Login"));
    AuthenticationFailed login =
        Awaits.failure(
            AuthenticationFailed.class, CqlSession.connect(vertx, options("db.test:" + port)));
    assertThat(login).hasMessageContaining("Authentication to " + label + " failed");
    assertThat(login.node()).isEqualTo("127.0.0.3:" + port);

    Awaits.get(node.stop());
    NoNodeAvailable closed =
        Awaits.failure(
            NoNodeAvailable.class, CqlSession.connect(vertx, options("db.test:" + port)));
    assertThat(closed).hasMessageContaining("Could not connect to " + label + ": ");
    assertThat(closed.reasons()).containsOnlyKeys("127.0.0.3:" + port);
    assertThat(((ConnectionFailed) closed.getCause()).node()).isEqualTo("127.0.0.3:" + port);
  }

  @Test
  void aNameAndItsAddressAreOneNode() {
    dns.setAddresses("db.test", "127.0.0.3");
    dns.setAddresses("also.test", "127.0.0.3");
    CqlSession session =
        connect(
            options("db.test:" + node.port(), "also.test:" + node.port(), Fakes.endpoint(node)));

    assertThat(session.topology().nodes()).hasSize(1);
    Awaits.until("pool and control", Awaits.SOON, () -> node.connections().size() == 2);
    assertThat(node.counters().totalConnections()).isEqualTo(2);
    Awaits.get(session.close());
  }

  @Test
  void aNameThatDoesNotExistHarmsNoOther() {
    CqlSession session = connect(options("gone.test", Fakes.endpoint(node)));
    assertThat(session.topology().nodes()).hasSize(1);
    Awaits.get(session.close());
  }

  @Test
  void saysWhichNameCannotBeLookedUp() {
    HostResolutionFailed failure =
        Awaits.failure(
            HostResolutionFailed.class, CqlSession.connect(vertx, options("gone.test:9042")));
    assertThat(failure.host()).isEqualTo("gone.test");

    NoNodeAvailable both =
        Awaits.failure(
            NoNodeAvailable.class, CqlSession.connect(vertx, options("gone.test", "none.test:1")));
    assertThat(both.reasons()).containsOnlyKeys("gone.test:9042", "none.test:1");
    assertThat(both.reasons().values()).hasOnlyElementsOfType(HostResolutionFailed.class);
  }

  @Test
  void doesNotWaitLongerThanTheLimitForANameServer() {
    dns.setSilent(true);
    CqlOptions options = options("db.test");
    options.getConnection().setResolveTimeout(Duration.ofMillis(300));
    long begin = System.nanoTime();

    HostResolutionFailed failure =
        Awaits.failure(HostResolutionFailed.class, CqlSession.connect(vertx, options));

    assertThat(failure).hasMessageContaining("db.test").hasMessageContaining("within 300 ms");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void findsAClusterThatMovedAsAWhole() {
    dns.setAddresses("db.test", "127.0.0.3");
    CqlSession session = connect(options("db.test:" + node.port()));
    Awaits.get(node.close());
    FakeNode moved = fakes.start(new FakeNodeOptions().setHost("127.0.0.4").setPort(node.port()));
    long begin = System.nanoTime();
    dns.setAddresses("db.test", "127.0.0.4");

    Awaits.served(SWITCH, () -> session.execute("SELECT v FROM t"));

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SWITCH);
    assertThat(session.topology().nodes())
        .extracting(Node::endpoint)
        .containsExactly(Fakes.endpoint(moved));
    Awaits.get(session.close());
  }

  @Test
  void looksUpTheNamesOfNodesWhenTheOptionsAskForIt() {
    FakeNode peer = fakes.start(new FakeNodeOptions().setHost("127.0.0.4").setPort(node.port()));
    FakeNode nameless =
        fakes.start(new FakeNodeOptions().setHost("127.0.0.5").setPort(node.port()));
    node.setPeers(List.of(peer.info(), nameless.info()));
    dns.setName("127.0.0.3", "one.test");
    dns.setName("127.0.0.4", "two.test");
    CqlOptions options = options(Fakes.endpoint(node));
    CqlSession without = connect(options);
    assertThat(without.topology().nodes()).extracting(Node::hostname).containsOnlyNulls();
    Awaits.get(without.close());
    options.getConnection().setHostnameResolution(true);
    CqlSession session = connect(options);

    assertThat(session.topology().nodes())
        .extracting(Node::endpoint, Node::hostname)
        .containsExactlyInAnyOrder(
            tuple(Fakes.endpoint(node), "one.test"),
            tuple(Fakes.endpoint(peer), "two.test"),
            tuple(Fakes.endpoint(nameless), null));
    Awaits.get(session.close());
  }

  @Test
  void goesOnTryingUntilTheNameLeadsToANode() {
    CqlOptions options = options("db.test:" + node.port());
    options.getConnection().setReconnectOnInit(true);
    Future<CqlSession> opening = CqlSession.connect(vertx, options);
    Awaits.until("it has asked twice", SWITCH, () -> dns.questions() >= 4);
    assertThat(opening.isComplete()).isFalse();
    // A name that leads nowhere at first, then to the node.
    dns.setAddresses("db.test", "127.0.0.8");
    int before = dns.questions();
    Awaits.until("it has asked again", SWITCH, () -> dns.questions() >= before + 4);
    assertThat(opening.isComplete()).isFalse();
    dns.setAddresses("db.test", "127.0.0.3");

    Awaits.get(Awaits.get(opening).close());
  }

  @Test
  void closesAtOnceWhileANameServerIsSilent() {
    dns.setSilent(true);
    CqlOptions options = options("db.test");
    options.getConnection().setResolveTimeout(Duration.ofMinutes(1));
    Promise<CqlSession> opening = Promise.promise();
    String id = deploy(options, opening);
    Awaits.until("it has asked", SWITCH, () -> dns.questions() > 0);
    long begin = System.nanoTime();

    Awaits.get(vertx.undeploy(id));

    Awaits.failure(SessionClosed.class, opening.future());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void leavesNoSocketToTheNameServer() {
    dns.setAddresses("db.test", "127.0.0.3");
    for (int i = 0; i < 3; i++) {
      Awaits.get(connect(options("db.test:" + node.port())).close());
    }
    long before = UdpSockets.count();
    for (int i = 0; i < 10; i++) {
      Awaits.get(connect(options("db.test:" + node.port())).close());
      Awaits.failure(HostResolutionFailed.class, CqlSession.connect(vertx, options("gone.test")));
    }
    // Those of Vert.x, one for each loop, stay. One that is asked just now goes with its answer.
    Awaits.until("no socket is left", LONG, () -> UdpSockets.count() <= before + 2);
  }

  @Test
  void theLastOfASharedSessionEndsItsOpening() {
    CqlOptions options = options("db.test").setSharedName("orders");
    options.getConnection().setReconnectOnInit(true);
    Promise<CqlSession> first = Promise.promise();
    Promise<CqlSession> second = Promise.promise();
    String one = deploy(options, first);
    String two = deploy(options, second);
    Awaits.until("it has asked", SWITCH, () -> dns.questions() > 0);
    Awaits.get(vertx.undeploy(one));
    assertThat(second.future().isComplete()).isFalse();

    Awaits.get(vertx.undeploy(two));

    Awaits.failure(SessionClosed.class, first.future());
    Awaits.failure(SessionClosed.class, second.future());
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

  private CqlSession connect(CqlOptions options) {
    return Objects.requireNonNull(Awaits.get(CqlSession.connect(vertx, options)));
  }

  private static CqlOptions options(String... contactPoints) {
    CqlOptions options = Fakes.options();
    for (String contactPoint : contactPoints) {
      options.addContactPoint(contactPoint);
    }
    options
        .getConnection()
        .setConnectTimeout(Duration.ofSeconds(10))
        .setHandshakeTimeout(Duration.ofSeconds(10))
        .setResolveTimeout(Duration.ofSeconds(10));
    return options;
  }
}
