package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.SimpleStatement;
import cqloop.TlsOptions;
import cqloop.error.CloudBundleFailed;
import cqloop.error.CloudBundleFailed.Kind;
import cqloop.error.InvalidOptions;
import cqloop.error.TlsFailed;
import cqloop.metadata.Node;
import cqloop.netty.cloud.Bundles;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.RecordedRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import cqloop.testkit.junit.CassandraTest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rule 2.24: a secure connection bundle leads, by a scripted metadata service and a scripted proxy,
 * to the nodes of a real cluster.
 */
@CassandraTest
@Tag("cluster")
class CloudIT {

  @TempDir private static Path folder;
  private static Vertx vertx;
  private static CassandraCluster cluster;
  private static CloudFront cloud;

  @BeforeAll
  static void open(CassandraCluster shared) {
    vertx = Vertx.vertx();
    cluster =
        CassandraCluster.builder()
            .line(shared.line())
            .nodes("dc1", "r1", 2)
            .queryRecorder()
            .start();
    cloud = new CloudFront(cluster);
  }

  @AfterAll
  static void close() {
    if (cloud != null) {
      cloud.close();
    }
    cluster.close();
    Awaits.get(vertx.close());
  }

  @AfterEach
  void serveAgain() {
    cloud.service = request -> request.response().end(cloud.metadata());
  }

  @Test
  void eachNodeIsReachedUnderItsId() {
    CqlSession session = connect(new CqlOptions().setCloudBundleContent(cloud.bundle().zip()));
    Awaits.until(
        "both nodes are up",
        Duration.ofSeconds(10),
        () ->
            session.topology().nodes().stream().allMatch(node -> node.state().name().equals("UP")));
    assertThat(session.topology().nodes()).hasSize(2);
    reachesEachNode(session);
    // New connections may resume sessions of TLS, and still lead where they should.
    for (int round = 0; round < 3; round++) {
      int before = cloud.serverNames.size();
      cloud.hangUp();
      Awaits.until(
          "new connections", Duration.ofSeconds(10), () -> cloud.serverNames.size() >= before + 2);
      Awaits.served(Duration.ofSeconds(10), () -> session.execute("SELECT key FROM system.local"));
      reachesEachNode(session);
    }
    assertThat(cloud.serverNames)
        .containsOnlyElementsOf(cloud.nodes.keySet().stream().map(UUID::toString).toList());
    Awaits.get(session.close());
  }

  @Test
  void takesDatacenterAndConsistencyFromTheCloud() {
    CqlOptions options = new CqlOptions().setCloudBundleContent(cloud.bundle().zip());
    CqlSession session = connect(options);
    Awaits.get(session.execute("SELECT key FROM system.local /* cloud default */"));
    Awaits.get(session.close());
    options.getDefaultProfile().setConsistency(Consistency.ONE);
    CqlSession told = connect(options);
    Awaits.get(told.execute("SELECT key FROM system.local /* cloud told */"));
    Awaits.get(told.close());
    assertThat(recorded("cloud default").consistency()).isEqualTo("LOCAL_QUORUM");
    assertThat(recorded("cloud told").consistency()).isEqualTo("ONE");
  }

  @Test
  void bundleFromAPathAndAFileUrl() throws IOException {
    Path file = Files.write(folder.resolve("secure bundle.zip"), cloud.bundle().zip().getBytes());
    for (String location : List.of(file.toString(), file.toUri().toString())) {
      Awaits.get(connect(new CqlOptions().setCloudBundle(location)).close());
      JsonObject json = new JsonObject().put("cloudBundle", location);
      Awaits.get(connect(new CqlOptions(json)).close());
    }
  }

  @Test
  void bundleThatIsNotThere() {
    CloudBundleFailed none =
        refused(new CqlOptions().setCloudBundle(folder.resolve("none.zip").toString()));
    assertThat(none.kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(none).hasMessageContaining("none.zip");
    CloudBundleFailed clear =
        refused(new CqlOptions().setCloudBundle("http://user:pw@host/b.zip?sig=c4nary"));
    assertThat(clear)
        .hasMessageContaining("over https: only")
        .hasMessageNotContaining("c4nary")
        .hasMessageNotContaining("pw");
    assertThat(refused(new CqlOptions().setCloudBundle("https://")).kind())
        .isEqualTo(Kind.UNREADABLE);
  }

  /** The web server's certificate must be trusted by the JVM; this one is not. */
  @Test
  void bundleFromAWebServerThatIsNotTrusted() {
    String url = "https://localhost:" + cloud.servicePort() + "/b.zip";
    CloudBundleFailed failure = refused(new CqlOptions().setCloudBundle(url));
    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(failure).hasMessageContaining("the download failed");
  }

  @Test
  void nothingElseMaySayWhereTheNodesAre() {
    Buffer zip = cloud.bundle().zip();
    Map<String, UnaryOperator<CqlOptions>> beside =
        Map.of(
            "contactPoints", options -> options.addContactPoint("127.0.0.1"),
            "tls", options -> options.setTls(new TlsOptions()),
            "cloudBundleContent", options -> options.setCloudBundle("b.zip"),
            "addressTranslator",
                options -> {
                  options.getConnection().setAddressTranslator(new PolicyOptions("subnet"));
                  return options;
                });
    beside.forEach(
        (option, change) -> {
          InvalidOptions refused =
              Awaits.failure(
                  InvalidOptions.class,
                  CqlSession.connect(
                      vertx, change.apply(new CqlOptions().setCloudBundleContent(zip))));
          assertThat(refused.key()).contains(option);
          assertThat(refused).hasMessageContaining("beside cloudBundle");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "404, DATABASE_PAUSED, Resume it",
    "503, DATABASE_PAUSED, Resume it",
    "401, SERVICE_REFUSED, Download the bundle",
    "403, SERVICE_REFUSED, Download the bundle",
    "500, SERVICE_UNREACHABLE, status 500",
    "302, BAD_METADATA, status 302",
  })
  void serviceThatDoesNotServe(int status, Kind kind, String advice) {
    cloud.service = request -> request.response().setStatusCode(status).end("<html></html>");
    CloudBundleFailed failure = refused(content(cloud.bundle()));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageContaining("localhost:" + cloud.servicePort())
        .hasMessageContaining(advice);
  }

  @Test
  void serviceThatTalksTooMuchOrNotAtAllOrHangsUp() {
    cloud.service = request -> request.response().end(Buffer.buffer(new byte[1024 * 1024]));
    assertThat(refused(content(cloud.bundle())).kind()).isEqualTo(Kind.BAD_METADATA);
    cloud.service = request -> request.response().end("<html></html>");
    assertThat(refused(content(cloud.bundle())).kind()).isEqualTo(Kind.BAD_METADATA);
    cloud.service = request -> request.connection().close();
    assertThat(refused(content(cloud.bundle())).kind()).isEqualTo(Kind.SERVICE_UNREACHABLE);
    cloud.service = request -> {};
    CqlOptions impatient = content(cloud.bundle());
    impatient.getConnection().setConnectTimeout(Duration.ofMillis(300));
    impatient.getConnection().setHandshakeTimeout(Duration.ofMillis(300));
    assertThat(refused(impatient).kind()).isEqualTo(Kind.SERVICE_UNREACHABLE);
  }

  @Test
  void certificatesOfAnotherDatabase() {
    TestCertificates other = TestCertificates.create("another authority");
    CloudBundleFailed strangers =
        refused(content(cloud.bundle(other.issue(CertificateRequest.client("other")))));
    assertThat(strangers.kind()).isEqualTo(Kind.SERVICE_UNREACHABLE);
    Bundles wrongTrust = cloud.bundle().with("ca.crt", other.authorityPem());
    CloudBundleFailed untrusted = refused(content(wrongTrust));
    assertThat(untrusted.kind()).isEqualTo(Kind.SERVICE_UNREACHABLE);
    assertThat(untrusted).hasMessageContaining("certification path");
    Bundles elsewhere = cloud.bundle();
    elsewhere.with(
        "config.json",
        new JsonObject().put("host", "127.0.0.1").put("port", cloud.servicePort()).encode());
    assertThat(refused(content(elsewhere)).kind()).isEqualTo(Kind.SERVICE_UNREACHABLE);
  }

  /** New keys: the way to each node stays, and who it is stays to be checked. */
  @Test
  void keysAndTrustAreReloaded() {
    CqlSession session = connect(content(cloud.bundle()));
    Awaits.get(session.reloadTls());
    TlsOptions newer = TlsServers.trusting(cloud.authority);
    TlsServers.show(newer, cloud.authority.issue(CertificateRequest.client("newer client")));
    Awaits.get(session.reloadTls(newer));
    cloud.hangUp();
    reachesEachNode(session);
    assertThat(cloud.clientNames).contains("CN=newer client");
    assertThat(cloud.serverNames)
        .containsOnlyElementsOf(cloud.nodes.keySet().stream().map(UUID::toString).toList());

    TlsOptions elsewhere = TlsServers.trusting(TestCertificates.create("another authority"));
    Awaits.get(session.reloadTls(elsewhere));
    cloud.hangUp();
    Awaits.until(
        "the proxy is not trusted any more",
        Duration.ofSeconds(30),
        () ->
            String.valueOf(Awaits.outcome(session.execute("SELECT key FROM system.local")).cause())
                .contains("TLS with"));
    Awaits.get(session.reloadTls());
    Awaits.get(session.close());
  }

  @Test
  void everyCertificateMayHaveExpired() {
    AtomicInteger asked = new AtomicInteger();
    cloud.service =
        request -> {
          asked.incrementAndGet();
          request.response().end(cloud.metadata());
        };
    TestIdentity client = cloud.authority.issue(CertificateRequest.client("app").expired());
    CloudBundleFailed ours = refused(content(cloud.bundle(client)));
    assertThat(ours.kind()).isEqualTo(Kind.EXPIRED);
    assertThat(ours).hasMessageContaining("Download a new bundle");

    TestIdentity expired = cloud.authority.issue(CertificateRequest.server("localhost").expired());
    int service = cloud.service(expired).actualPort();
    CloudBundleFailed theirs = refused(content(cloud.bundle(cloud.client, service)));
    assertThat(theirs.kind()).isEqualTo(Kind.SERVICE_UNREACHABLE);
    assertThat(theirs)
        .hasMessageContaining("localhost:" + service)
        .hasMessageContaining("its certificate has expired")
        .hasMessageContaining("clock");
    assertThat(asked).as("nothing was asked before the certificates were checked").hasValue(0);

    int proxy = cloud.proxy(expired).actualPort();
    cloud.service = request -> request.response().end(cloud.metadata(proxy));
    TlsFailed failure =
        Awaits.failure(TlsFailed.class, CqlSession.connect(vertx, content(cloud.bundle())));
    assertThat(failure.kind()).isEqualTo(TlsFailed.Kind.INVALID_PEER_CERTIFICATE);
    assertThat(failure).hasMessageContaining("expired at");
  }

  /** Scenario H10: to the service and to the proxy, at first and after both have hung up. */
  @Test
  void noByteTravelsInClear() {
    SniffingProxy toService = sniffing(cloud.servicePort());
    SniffingProxy toProxy = sniffing(cloud.proxyPort());
    cloud.service = request -> request.response().end(cloud.metadata(toProxy.port()));
    CqlSession session = connect(content(cloud.bundle(cloud.client, toService.port())));
    reachesEachNode(session);
    int before = toProxy.connections();
    cloud.hangUp();
    Awaits.until(
        "new connections", Duration.ofSeconds(30), () -> toProxy.connections() >= before + 2);
    reachesEachNode(session);
    Awaits.get(session.close());
    assertThat(toService.bytes()).isPositive();
    assertThat(toService.clearBytes()).isZero();
    assertThat(toProxy.bytes()).isGreaterThan(10_000);
    assertThat(toProxy.clearBytes()).isZero();
  }

  private static SniffingProxy sniffing(int port) {
    return new SniffingProxy(vertx, new InetSocketAddress("127.0.0.1", port));
  }

  /** The certificate of the proxy must name the proxy, whatever node is asked for. */
  @Test
  void proxyThatIsAnother() {
    cloud.service =
        request -> request.response().end(cloud.metadata().replace("\"localhost:", "\"127.0.0.1:"));
    TlsFailed failure =
        Awaits.failure(TlsFailed.class, CqlSession.connect(vertx, content(cloud.bundle())));
    assertThat(failure.kind()).isEqualTo(TlsFailed.Kind.IDENTITY_MISMATCH);
    assertThat(failure).hasMessageContaining("127.0.0.1").hasMessageContaining("localhost");
  }

  private static void reachesEachNode(CqlSession session) {
    for (Node node : session.topology().nodes()) {
      UUID asked = Objects.requireNonNull(node.hostId());
      assertThat(node.endpoint()).startsWith(asked.toString());
      SimpleStatement statement =
          SimpleStatement.of("SELECT host_id FROM system.local").withNode(node);
      assertThat(
              Awaits.served(Duration.ofSeconds(10), () -> session.execute(statement))
                  .first()
                  .getUuid("host_id"))
          .isEqualTo(asked);
    }
  }

  private static RecordedRequest recorded(String mark) {
    for (CassandraNode node : cloud.nodes.values()) {
      List<RecordedRequest> found = node.requests(mark);
      if (!found.isEmpty()) {
        return found.get(0);
      }
    }
    throw new AssertionError("no node was asked for '" + mark + "'");
  }

  private static CqlOptions content(Bundles bundle) {
    return new CqlOptions().setCloudBundleContent(bundle.zip());
  }

  private static CqlSession connect(CqlOptions options) {
    return Awaits.get(CqlSession.connect(vertx, options));
  }

  private static CloudBundleFailed refused(CqlOptions options) {
    return Awaits.failure(CloudBundleFailed.class, CqlSession.connect(vertx, options));
  }
}
