package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlSession;
import cqloop.TlsEngine;
import cqloop.TlsOptions;
import cqloop.TlsVerification;
import cqloop.TlsVersion;
import cqloop.error.TlsFailed;
import cqloop.error.TlsFailed.Kind;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import cqloop.testkit.fake.FakeNode;
import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scenario S21, and H5 to H8, H12, H13: what a session makes of each kind of certificate, and what
 * it says. Every case ends in a session, or in a {@link TlsFailed} that names cause and remedy.
 */
class TlsMatrixIT {

  private static final TestCertificates AUTHORITY = TestCertificates.create("our authority");
  private static final TestCertificates STRANGER = TestCertificates.create("a stranger");
  private static final TestCertificates BELOW = AUTHORITY.subordinate("our branch");

  private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private static final Fakes FAKES = new Fakes();

  @AfterAll
  static void stop() {
    Awaits.get(VERTX.close());
    FAKES.close();
  }

  /**
   * Value. One row of the matrix.
   *
   * @param host how the session is told the node
   * @param kind how it fails, or null when it works
   * @param words what the error must say
   */
  record Case(
      String name,
      NetServerOptions server,
      String host,
      Consumer<TlsOptions> change,
      @Nullable Kind kind,
      List<String> words) {

    static Case of(String name, NetServerOptions server) {
      return new Case(name, server, "127.0.0.1", tls -> {}, null, List.of());
    }

    Case at(String newHost) {
      return new Case(name, server, newHost, change, kind, words);
    }

    Case with(Consumer<TlsOptions> newChange) {
      return new Case(name, server, host, newChange, kind, words);
    }

    Case fails(Kind how, String... said) {
      return new Case(name, server, host, change, how, List.of(said));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> names() {
    NetServerOptions address = server("127.0.0.1");
    NetServerOptions localhost = server("localhost");
    return Stream.of(
        Case.of("right address", address),
        Case.of("right name", localhost).at("localhost"),
        Case.of("wrong address", server("127.0.0.2"))
            .fails(Kind.IDENTITY_MISMATCH, "'127.0.0.1'", "names 127.0.0.2", "serverName"),
        Case.of("wrong name", server("db.example"))
            .at("localhost")
            .fails(Kind.IDENTITY_MISMATCH, "'localhost'", "names db.example"),
        Case.of("a name where we know the address", localhost)
            .fails(Kind.IDENTITY_MISMATCH, "the address '127.0.0.1'", "names localhost"),
        Case.of("common name only", commonName("localhost")).at("localhost"),
        Case.of("wrong common name", commonName("db.example"))
            .at("localhost")
            .fails(Kind.IDENTITY_MISMATCH, "'CN=db.example'"),
        Case.of("common name beside other names", commonName("localhost", "db.example"))
            .at("localhost")
            .fails(Kind.IDENTITY_MISMATCH, "names db.example"),
        Case.of("wildcard", server("*.db.example")).with(t -> t.setServerName("n1.db.example")),
        Case.of("wildcard over two labels", server("*.db.example"))
            .with(t -> t.setServerName("a.n1.db.example"))
            .fails(Kind.IDENTITY_MISMATCH, "'a.n1.db.example'", "*.db.example"),
        Case.of("name of one node", server("n1.db.example"))
            .with(t -> t.setServerName("x").addServerName("127.0.0.1", "n1.db.example")),
        Case.of("PEER_IDENTITY takes the address", address)
            .at("localhost")
            .with(t -> t.setVerification(TlsVerification.PEER_IDENTITY)),
        Case.of("PEER_IDENTITY takes no name", localhost)
            .at("localhost")
            .with(t -> t.setVerification(TlsVerification.PEER_IDENTITY))
            .fails(Kind.IDENTITY_MISMATCH, "the address '127.0.0.1'", "names localhost"),
        Case.of("PEER_IDENTITY_DNS takes the name", localhost)
            .at("localhost")
            .with(t -> t.setVerification(TlsVerification.PEER_IDENTITY_DNS)),
        Case.of("PEER_IDENTITY_DNS takes no address", address)
            .at("localhost")
            .with(t -> t.setVerification(TlsVerification.PEER_IDENTITY_DNS))
            .fails(Kind.IDENTITY_MISMATCH, "the name 'localhost'", "names 127.0.0.1"),
        Case.of("PEER_IDENTITY_DNS without a name", address)
            .with(t -> t.setVerification(TlsVerification.PEER_IDENTITY_DNS))
            .fails(Kind.IDENTITY_MISMATCH, "serverNames"),
        Case.of("PEER_CERT takes any name", server("db.example"))
            .with(t -> t.setVerification(TlsVerification.PEER_CERT)),
        Case.of("PEER_CERT takes no stranger", of(STRANGER, "127.0.0.1"))
            .with(t -> t.setVerification(TlsVerification.PEER_CERT))
            .fails(Kind.INVALID_PEER_CERTIFICATE, "a stranger"),
        Case.of("NONE takes a stranger", of(STRANGER, "db.example"))
            .with(t -> t.setVerification(TlsVerification.NONE)));
  }

  static Stream<Case> chains() {
    CertificateRequest node = CertificateRequest.server("127.0.0.1");
    TestIdentity expired = AUTHORITY.issue(node.expired());
    TestIdentity future = AUTHORITY.issue(node.notYetValid());
    TestIdentity branch = BELOW.issue(node);
    TestIdentity revoked = AUTHORITY.issue(node);
    TestIdentity clientAsServer =
        AUTHORITY.issue(CertificateRequest.client("app").withName("127.0.0.1"));
    return Stream.of(
        Case.of("expired", TlsServers.of(expired))
            .fails(
                Kind.INVALID_PEER_CERTIFICATE,
                "expired at " + expired.certificate().getNotAfter().toInstant(),
                "renew it"),
        Case.of("future", TlsServers.of(future))
            .fails(Kind.INVALID_PEER_CERTIFICATE, "not valid before", "clock"),
        Case.of("self-signed", TlsServers.of(TestCertificates.selfSigned(node)))
            .fails(Kind.INVALID_PEER_CERTIFICATE, "self-signed", "add it to the trusted"),
        Case.of("unknown authority", of(STRANGER, "127.0.0.1"))
            .fails(
                Kind.INVALID_PEER_CERTIFICATE, "'CN=a stranger' is unknown", "add the certificate"),
        Case.of("with its intermediate", TlsServers.of(branch)),
        Case.of("without its intermediate", TlsServers.of(branch.certificatePem(), branch.keyPem()))
            .fails(
                Kind.INVALID_PEER_CERTIFICATE,
                "issued by 'CN=our branch', which the node did not send",
                "intermediate"),
        Case.of("certificate for clients", TlsServers.of(clientAsServer))
            .fails(Kind.INVALID_PEER_CERTIFICATE, "Extended key usage"),
        Case.of("revoked", TlsServers.of(revoked))
            .with(t -> t.getTrust().setRevocationList(AUTHORITY.revocationListPem(revoked)))
            .fails(Kind.INVALID_PEER_CERTIFICATE, "revoked"),
        Case.of("not revoked", TlsServers.of(AUTHORITY.issue(node)))
            .with(t -> t.getTrust().setRevocationList(AUTHORITY.revocationListPem(revoked))),
        Case.of("no list covers it", TlsServers.of(AUTHORITY.issue(node)))
            .with(t -> t.getTrust().setRevocationList(STRANGER.revocationListPem()))
            .fails(Kind.INVALID_PEER_CERTIFICATE, "list"),
        Case.of("long chain", TlsServers.of(deep(12).issue(node)))
            .fails(Kind.PROTOCOL_ERROR, "too long", "intermediate ones only"),
        Case.of("huge chain", TlsServers.of(deep(150).issue(node)))
            .fails(Kind.PROTOCOL_ERROR, "too long", "intermediate ones only"),
        Case.of("RSA", TlsServers.of(AUTHORITY.issue(node.withRsaKey()))));
  }

  static Stream<Case> agreements() {
    NetServerOptions asking = TlsServers.askingClients(server("127.0.0.1"), AUTHORITY);
    NetServerOptions askingOld =
        TlsServers.askingClients(server("127.0.0.1"), AUTHORITY)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.2"));
    TestIdentity client = AUTHORITY.issue(CertificateRequest.client("app"));
    TestIdentity foreign = STRANGER.issue(CertificateRequest.client("app"));
    List<Case> cases = new ArrayList<>();
    for (NetServerOptions server : List.of(asking, askingOld)) {
      String version = server == asking ? ", TLS 1.3" : ", TLS 1.2";
      cases.add(Case.of("our certificate" + version, server).with(t -> TlsServers.show(t, client)));
      cases.add(
          Case.of("our certificate is missing" + version, server)
              .fails(server == asking ? null : Kind.CLIENT_REFUSED, "require_client_auth"));
      cases.add(
          Case.of("our certificate is of a stranger" + version, server)
              .with(t -> TlsServers.show(t, foreign))
              .fails(null, "truststore of the node"));
    }
    cases.add(
        Case.of(
            "TLS 1.2 only",
            server("127.0.0.1").setEnabledSecureTransportProtocols(Set.of("TLSv1.2"))));
    cases.add(
        Case.of(
                "TLS 1.2 where we want 1.3",
                server("127.0.0.1").setEnabledSecureTransportProtocols(Set.of("TLSv1.2")))
            .with(t -> t.setMinVersion(TlsVersion.TLS_1_3))
            .fails(Kind.PROTOCOL_ERROR, "minVersion"));
    cases.add(
        Case.of("no suite in common", suite("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
            .with(t -> t.addCipherSuite("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"))
            .fails(Kind.PROTOCOL_ERROR, "cipherSuites"));
    cases.add(
        Case.of("suite of our choice", suite("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"))
            .with(t -> t.addCipherSuite("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")));
    return cases.stream();
  }

  static Stream<Object[]> everything() {
    List<TlsEngine> engines =
        OpenSsl.isAvailable() ? List.of(TlsEngine.JDK, TlsEngine.OPENSSL) : List.of(TlsEngine.JDK);
    return Stream.of(names(), chains(), agreements())
        .flatMap(cases -> cases)
        .flatMap(one -> engines.stream().map(engine -> new Object[] {engine, one}));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everything")
  void matrix(TlsEngine engine, Case one) {
    FakeNode node = TlsServers.start(FAKES, one.server());
    TlsOptions tls = TlsServers.trusting(AUTHORITY).setEngine(engine);
    one.change().accept(tls);
    var opening =
        CqlSession.connect(VERTX, TlsServers.options(one.host() + ":" + node.port(), tls));
    if (one.kind() == null && one.words().isEmpty()) {
      CqlSession session = Awaits.get(opening);
      assertThat(Awaits.get(session.execute("SELECT release_version FROM system.local")).size())
          .isEqualTo(1);
      Awaits.get(session.close());
    } else {
      TlsFailed failed = Awaits.failure(TlsFailed.class, opening);
      assertThat(failed.getMessage())
          .contains(one.words().toArray(new String[0]))
          .hasSizeLessThan(600)
          .doesNotContain("PRIVATE KEY");
      assertThat(failed.node()).isEqualTo("127.0.0.1:" + node.port());
      if (one.kind() != null) {
        assertThat(failed.kind()).isEqualTo(one.kind());
      }
      assertThat(node.requests()).isEmpty();
    }
    Fakes.awaitNoConnections(node);
  }

  /** The library of BoringSSL is there for this platform; elsewhere one half of the matrix runs. */
  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void bothEnginesAreTested() {
    assertThat(OpenSsl.isAvailable()).isTrue();
    assertThat(OpenSsl.versionString()).isEqualTo("BoringSSL");
  }

  /** BoringSSL would offer all suites of TLS 1.3: the JDK does what is asked for. */
  @ParameterizedTest
  @EnumSource
  void oneSuiteOfTls13(TlsEngine engine) {
    FakeNode node =
        TlsServers.start(
            FAKES, server("127.0.0.1").addEnabledCipherSuite("TLS_AES_128_GCM_SHA256"));
    TlsOptions tls =
        TlsServers.trusting(AUTHORITY).setEngine(engine).addCipherSuite("TLS_AES_256_GCM_SHA384");
    TlsFailed failed =
        Awaits.failure(
            TlsFailed.class,
            CqlSession.connect(VERTX, TlsServers.options("127.0.0.1:" + node.port(), tls)));
    assertThat(failed.kind())
        .isEqualTo(engine == TlsEngine.OPENSSL ? Kind.NOT_SUPPORTED : Kind.PROTOCOL_ERROR);
    assertThat(failed).hasMessageContaining("cipherSuites");
    tls.setCipherSuites(List.of("TLS_AES_128_GCM_SHA256"));
    if (engine != TlsEngine.OPENSSL) {
      Awaits.get(
          Awaits.get(CqlSession.connect(VERTX, TlsServers.options("127.0.0.1:" + node.port(), tls)))
              .close());
    }
  }

  private static NetServerOptions suite(String name) {
    return server("127.0.0.1")
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2"))
        .addEnabledCipherSuite(name);
  }

  private static TestCertificates deep(int levels) {
    TestCertificates authority = AUTHORITY;
    for (int i = 0; i < levels; i++) {
      authority = authority.subordinate("level " + i);
    }
    return authority;
  }

  private static NetServerOptions server(String... names) {
    return of(AUTHORITY, names);
  }

  private static NetServerOptions of(TestCertificates authority, String... names) {
    return TlsServers.of(authority.issue(CertificateRequest.server(names)));
  }

  private static NetServerOptions commonName(String common, String... names) {
    return TlsServers.of(AUTHORITY.issue(CertificateRequest.server(names).withCommonName(common)));
  }
}
