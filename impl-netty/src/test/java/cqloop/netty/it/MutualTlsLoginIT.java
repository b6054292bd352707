package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.Row;
import cqloop.TlsOptions;
import cqloop.error.AuthenticationFailed;
import cqloop.error.ErrorCategory;
import cqloop.error.TlsFailed;
import cqloop.error.Unauthorized;
import cqloop.spi.Authenticator;
import cqloop.spi.AuthenticatorProvider;
import cqloop.spi.PolicyContext;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.NodeTls;
import cqloop.testkit.ServerLine;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import cqloop.testkit.junit.CassandraTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault H13, rule 2.22: the certificate is the log-in. A node of Cassandra 5.0 takes who we are
 * from a SPIFFE name. At first clients in plain text may use a password there, and one of them
 * tells the node which name is which role; then it starts again with the strict
 * MutualTlsAuthenticator, which knows no passwords.
 */
@CassandraTest
@Tag("cluster")
class MutualTlsLoginIT {

  private static final String AUTH = "org.apache.cassandra.auth.";
  private static final String APP = "spiffe://example.org/app";
  private static final String ADMIN = "spiffe://example.org/admin";
  private static final String LEAVER = "spiffe://example.org/leaver";
  private static final TestCertificates AUTHORITY = TestCertificates.create();

  @TempDir private static Path folder;
  private static Vertx vertx;
  private static CassandraCluster cluster;

  @BeforeAll
  static void open(CassandraCluster shared) throws Exception {
    assumeTrue(shared.line() == ServerLine.V5_0, "the authenticator is configured as 5.0 wants it");
    vertx = Vertx.vertx();
    TestIdentity server = AUTHORITY.issue(CertificateRequest.node("localhost"));
    Path store = server.writeKeyStore(folder.resolve("server.p12"), "PKCS12", "sesame");
    Path trust = AUTHORITY.writeTrustStore(folder.resolve("trust.p12"), "PKCS12", "sesame");
    cluster =
        CassandraCluster.builder()
            .tls(NodeTls.pkcs12(store, "sesame").withClientAuth(trust).withPlainClients())
            .yaml(
                "authenticator",
                "{ class_name: %sMutualTlsWithPasswordFallbackAuthenticator, parameters: {"
                        .formatted(AUTH)
                    + " validator_class_name: %sSpiffeCertificateValidator } }".formatted(AUTH))
            .yaml("authorizer", "CassandraAuthorizer")
            .yaml("role_manager", "CassandraRoleManager")
            .yaml("permissions_validity", "0ms")
            .yaml("roles_validity", "0ms")
            // Identities are remembered as long as credentials are.
            .yaml("credentials_validity", "0ms")
            .start();
    introduce();
  }

  @AfterAll
  static void close() {
    if (cluster != null) {
      cluster.close();
      Awaits.get(vertx.close());
    }
  }

  /**
   * Logs in by password, for which a client in plain text is asked, and adds what the tests use.
   */
  private static void introduce() {
    Awaits.until(
        "the superuser", Duration.ofSeconds(30), () -> Awaits.outcome(superuser()).succeeded());
    CqlSession admin = Awaits.get(superuser());
    for (String cql :
        List.of(
            "CREATE KEYSPACE secured WITH replication = {'class': 'SimpleStrategy',"
                + " 'replication_factor': 1}",
            "CREATE TABLE secured.mine (k int PRIMARY KEY)",
            "CREATE TABLE secured.others (k int PRIMARY KEY)",
            "CREATE ROLE certified WITH LOGIN = true",
            "GRANT SELECT ON secured.mine TO certified",
            "ADD IDENTITY '" + APP + "' TO ROLE 'certified'",
            "ADD IDENTITY '" + LEAVER + "' TO ROLE 'certified'",
            "ADD IDENTITY '" + ADMIN + "' TO ROLE 'cassandra'")) {
      Awaits.get(admin.execute(cql));
    }
    Awaits.get(admin.close());
  }

  private static Future<CqlSession> superuser() {
    CqlOptions options = Fakes.options().addContactPoint(endpoint()).setAuth(superuserPassword());
    return CqlSession.connect(vertx, options);
  }

  private static PolicyOptions superuserPassword() {
    JsonObject config = new JsonObject().put("username", "cassandra").put("password", "cassandra");
    return new PolicyOptions("plain").setConfig(config);
  }

  @Test
  void theCertificateIsTheLogin() {
    actsAsCertified(Awaits.get(connect(client(APP))));
  }

  private static void actsAsCertified(CqlSession session) {
    List<String> roles = new ArrayList<>();
    for (Row row : Awaits.get(session.execute("LIST ROLES"))) {
      roles.add(row.getString("role"));
    }
    assertThat(roles).containsExactly("certified");
    assertThat(Awaits.get(session.execute("SELECT * FROM secured.mine")).size()).isZero();
    Unauthorized refused =
        Awaits.failure(Unauthorized.class, session.execute("SELECT * FROM secured.others"));
    assertThat(refused).hasMessageContaining("certified").hasMessageContaining("others");
    Awaits.get(session.close());
  }

  /** Of the right authority, but of somebody the node has never heard of. */
  @Test
  void identityThatTheNodeDoesNotKnow() {
    AuthenticationFailed failure = refused(client("spiffe://example.org/stranger"));
    assertThat(failure.node()).isEqualTo(endpoint());
    assertThat(failure.category()).isEqualTo(ErrorCategory.AUTH);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure)
        .hasMessageContaining("'spiffe://example.org/stranger' not authorized")
        .hasMessageContaining("check the credentials of the auth option");
  }

  @Test
  void certificateWithoutAnIdentity() {
    TestIdentity nameless = AUTHORITY.issue(CertificateRequest.client("app"));
    assertThat(refused(nameless)).hasMessageContaining("Unable to extract");
  }

  /** The right name, which anybody can write into a certificate of his own. */
  @Test
  void identityOfAnotherAuthority() {
    TestIdentity forged =
        TestCertificates.create("a stranger").issue(CertificateRequest.client("app").withName(APP));
    TlsFailed failure = Awaits.failure(TlsFailed.class, connect(forged));
    assertThat(failure).hasMessageContaining("certificate");
  }

  /** Fault H3: an authenticator is told whether what it sends can be read on the way. */
  @Test
  void authenticatorsKnowWhetherTheSessionIsEncrypted() {
    List<Boolean> told = new ArrayList<>();
    TlsOptions tls = TlsServers.trusting(AUTHORITY).setServerName("localhost");
    TlsServers.show(tls, client(APP));
    Awaits.get(Awaits.get(watched(TlsServers.options(endpoint(), tls), told)).close());
    Awaits.failure(
        AuthenticationFailed.class, watched(Fakes.options().addContactPoint(endpoint()), told));
    assertThat(told).containsExactly(true, false);
  }

  /** Runs after the tests above, which need the password. */
  @Nested
  class Strict {
    @BeforeAll
    static void restart() throws IOException {
      CassandraNode node = cluster.node(0);
      node.stop();
      Path file = node.folder().resolve("cassandra.yaml");
      String before = Files.readString(file);
      assertThat(before).contains("MutualTlsWithPasswordFallback", "optional: true");
      Files.writeString(
          file,
          before
              .replace("MutualTlsWithPasswordFallback", "MutualTls")
              .replace("optional: true", "optional: false"));
      node.start();
    }

    @Test
    void theCertificateIsTheLogin() {
      actsAsCertified(Awaits.get(connect(client(APP))));
    }

    /** The node asks all the same, for the name of who logs in: something has to answer. */
    @Test
    void sessionThatForgetsToSayExternal() {
      AuthenticationFailed failure =
          Awaits.failure(
              AuthenticationFailed.class, CqlSession.connect(vertx, showing(client(APP))));
      assertThat(failure)
          .hasMessageContaining(AUTH + "MutualTlsAuthenticator")
          .hasMessageContaining("'external'");
    }

    @Test
    void identityThatTheNodeDoesNotKnow() {
      AuthenticationFailed failure = refused(client("spiffe://example.org/stranger"));
      assertThat(failure.node()).isEqualTo(endpoint());
      assertThat(failure)
          .hasMessageContaining("'spiffe://example.org/stranger' not authorized")
          .hasMessageContaining("check the credentials of the auth option");
    }

    @Test
    void certificateWithoutAnIdentity() {
      TestIdentity nameless = AUTHORITY.issue(CertificateRequest.client("app"));
      assertThat(refused(nameless)).hasMessageContaining("Unable to extract");
    }

    @Test
    void noCertificate() {
      TlsOptions tls = TlsServers.trusting(AUTHORITY).setServerName("localhost");
      CqlOptions options =
          TlsServers.options(endpoint(), tls).setAuth(new PolicyOptions("external"));
      TlsFailed failure = Awaits.failure(TlsFailed.class, CqlSession.connect(vertx, options));
      assertThat(failure).hasMessageContaining("require_client_auth");
    }

    /** A password is no way round, were it the superuser's. */
    @Test
    void passwordInsteadOfAnIdentity() {
      CqlOptions options = showing(client("spiffe://example.org/stranger"));
      AuthenticationFailed failure =
          Awaits.failure(
              AuthenticationFailed.class,
              CqlSession.connect(vertx, options.setAuth(superuserPassword())));
      assertThat(failure).hasMessageContaining("not authorized");
    }

    /** Fault H4: who is logged in stays so; his next connection is refused. */
    @Test
    void identityThatIsTakenAwayInTheMiddleOfLife() {
      CqlSession leaver = Awaits.get(connect(client(LEAVER)));
      CqlSession admin = Awaits.get(connect(client(ADMIN)));
      Awaits.get(admin.execute("DROP IDENTITY '" + LEAVER + "'"));
      Awaits.get(admin.close());
      assertThat(Awaits.get(leaver.execute("SELECT * FROM secured.mine")).size()).isZero();
      Awaits.get(leaver.close());
      assertThat(refused(client(LEAVER))).hasMessageContaining("'" + LEAVER + "' not authorized");
    }
  }

  private static Future<CqlSession> watched(CqlOptions options, List<Boolean> told) {
    AuthenticatorProvider provider =
        new AuthenticatorProvider() {
          @Override
          public String name() {
            return "watched";
          }

          @Override
          public Authenticator create(PolicyContext context) {
            told.add(context.isEncrypted());
            return context.policy(
                AuthenticatorProvider.class, new PolicyOptions("external").toJson());
          }
        };
    return CqlSession.builder(vertx)
        .options(options.setAuth(new PolicyOptions("watched")))
        .addProvider(provider)
        .connect();
  }

  private static TestIdentity client(String identity) {
    return AUTHORITY.issue(CertificateRequest.client("app").withName(identity));
  }

  private static AuthenticationFailed refused(TestIdentity identity) {
    return Awaits.failure(AuthenticationFailed.class, connect(identity));
  }

  private static Future<CqlSession> connect(TestIdentity identity) {
    return CqlSession.connect(vertx, showing(identity).setAuth(new PolicyOptions("external")));
  }

  private static CqlOptions showing(TestIdentity identity) {
    TlsOptions tls = TlsServers.trusting(AUTHORITY).setServerName("localhost");
    TlsServers.show(tls, identity);
    return TlsServers.options(endpoint(), tls);
  }

  private static String endpoint() {
    CassandraNode node = cluster.node(0);
    return node.host() + ":" + node.port();
  }
}
