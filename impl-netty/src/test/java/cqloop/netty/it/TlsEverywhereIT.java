package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.TlsOptions;
import cqloop.error.TlsFailed;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.NodeTls;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios H9, H10 and H13: every connection is secured, and a real node asks who we are. */
class TlsEverywhereIT {

  private static final TestCertificates AUTHORITY = TestCertificates.create();
  private static final String QUERY = "SELECT release_version FROM system.local";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final Fakes fakes = new Fakes();

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void noByteTravelsInClear() {
    FakeNode node =
        fakes.start(
            new FakeNodeOptions()
                .setCredentials("app", "swordfish")
                .setServerOptions(
                    TlsServers.of(AUTHORITY.issue(CertificateRequest.server("127.0.0.1")))));
    SniffingProxy proxy = new SniffingProxy(fakes.vertx(), node.address());
    CqlOptions options =
        TlsServers.options(proxy.endpoint(), TlsServers.trusting(AUTHORITY))
            .setAuth(
                new PolicyOptions("plain")
                    .setConfig(
                        new JsonObject().put("username", "app").put("password", "swordfish")));
    options.getPool().setConnectionsLocal(2);
    CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
    for (int i = 0; i < 3; i++) {
      Awaits.served(Duration.ofSeconds(10), () -> session.execute(QUERY));
      Awaits.get(i == 1 ? node.resetConnections() : node.closeConnections());
    }
    Awaits.served(Duration.ofSeconds(10), () -> session.execute(QUERY));
    Awaits.get(session.close());
    Fakes.awaitNoConnections(node);

    // Two of the pool and the control connection, and what replaced them.
    assertThat(proxy.connections()).isGreaterThanOrEqualTo(6);
    assertThat(proxy.bytes()).isGreaterThan(10_000);
    assertThat(proxy.clearBytes()).isZero();
  }

  /** The proxy itself must see what is clear. */
  @Test
  void theProxySeesAPlainSession() {
    FakeNode node = fakes.start();
    SniffingProxy proxy = new SniffingProxy(fakes.vertx(), node.address());
    CqlSession session =
        Awaits.get(CqlSession.connect(vertx, Fakes.options().addContactPoint(proxy.endpoint())));
    Awaits.get(session.close());

    assertThat(proxy.clearBytes()).isPositive();
  }

  /** A session that wants TLS never says a word to a node without it. */
  @Test
  void nothingIsSaidToAPlainNode() {
    FakeNode node = fakes.start();
    SniffingProxy proxy = new SniffingProxy(fakes.vertx(), node.address());
    TlsOptions tls = TlsServers.trusting(AUTHORITY).setHandshakeTimeout(Duration.ofMillis(500));
    Awaits.failure(
        TlsFailed.class, CqlSession.connect(vertx, TlsServers.options(proxy.endpoint(), tls)));

    assertThat(node.requests()).isEmpty();
  }

  @Test
  void aRealNodeAsksForOurCertificate(@TempDir Path folder) throws Exception {
    TestIdentity server = AUTHORITY.issue(CertificateRequest.node("127.0.0.1", "localhost"));
    Path store = server.writeKeyStore(folder.resolve("server.p12"), "PKCS12", "sesame");
    Path trust = AUTHORITY.writeTrustStore(folder.resolve("trust.p12"), "PKCS12", "sesame");
    NodeTls nodeTls = NodeTls.pkcs12(store, "sesame").withClientAuth(trust);
    try (CassandraCluster cluster = CassandraCluster.builder().tls(nodeTls).start()) {
      CassandraNode node = cluster.node(0);
      SniffingProxy proxy =
          new SniffingProxy(fakes.vertx(), new InetSocketAddress(node.host(), node.port()));
      TestIdentity app = AUTHORITY.issue(CertificateRequest.client("app"));
      TlsOptions tls = TlsServers.trusting(AUTHORITY);

      TlsFailed missing =
          Awaits.failure(
              TlsFailed.class,
              CqlSession.connect(vertx, TlsServers.options(proxy.endpoint(), tls)));
      assertThat(missing).hasMessageContaining("require_client_auth");

      TlsServers.show(
          tls, TestCertificates.create("a stranger").issue(CertificateRequest.client("app")));
      TlsFailed stranger =
          Awaits.failure(
              TlsFailed.class,
              CqlSession.connect(vertx, TlsServers.options(proxy.endpoint(), tls)));
      assertThat(stranger).hasMessageContaining("certificate");

      TlsServers.show(tls, app);
      CqlOptions options = TlsServers.options(proxy.endpoint(), tls);
      options.getConnection().setHandshakeTimeout(Duration.ofSeconds(5));
      CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
      assertThat(Awaits.get(session.execute(QUERY)).size()).isEqualTo(1);
      Awaits.get(session.reloadTls());
      assertThat(Awaits.get(session.execute(QUERY)).size()).isEqualTo(1);
      Awaits.get(session.close());
      assertThat(proxy.clearBytes()).isZero();

      CqlOptions plain = Fakes.options().addContactPoint(proxy.endpoint());
      plain.getConnection().setHandshakeTimeout(Duration.ofSeconds(5));
      assertThat(Awaits.failure(CqlSession.connect(vertx, plain)))
          .hasMessageContaining("TLS only? Then set the tls option");
    }
  }
}
