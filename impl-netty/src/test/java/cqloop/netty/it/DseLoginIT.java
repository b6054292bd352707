package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.dse.driver.api.core.auth.DseGssApiAuthProviderBase.GssApiOptions;
import com.datastax.dse.driver.api.core.auth.ProgrammaticDseGssApiAuthProvider;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.auth.AuthProvider;
import com.datastax.oss.driver.api.core.auth.ProgrammaticPlainTextAuthProvider;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import cqloop.BatchStatement;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.SimpleStatement;
import cqloop.error.AuthenticationFailed;
import cqloop.error.HandshakeTimeout;
import cqloop.error.NoNodeAvailable;
import cqloop.error.Unauthorized;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.testkit.kdc.Kdc;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import javax.security.auth.login.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Log-in to DataStax Enterprise: PLAIN and GSSAPI, as oneself and as another, on a real node with a
 * plug-in that speaks the dialect, and with a real KDC; and what goes wrong with Kerberos.
 */
@CassandraTest(lines = {"4.1", "5.0", "6.0"})
@Tag("cluster")
class DseLoginIT {

  @TempDir private static Path folder;
  private static DseNode dse;

  @BeforeAll
  static void open(CassandraCluster shared, @TestKeyspace String keyspace) throws Exception {
    dse = new DseNode(folder, shared.line(), keyspace);
  }

  @AfterAll
  static void close() throws Exception {
    dse.close();
  }

  @AfterEach
  void mendKerberos() {
    dse.kdc.reset("client");
    dse.kdc.reset("node");
    dse.kdc.clockSkew(Kdc.USUAL_SKEW_SECONDS);
    dse.kdc.ticketLifetime(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gssapi"})
  void logsInAsOneself(String mechanism) {
    CqlSession session = connect(auth(mechanism, "alice", ""));
    assertThat(Awaits.get(session.execute(dse.select())).first().getInt("v")).isEqualTo(7);
    assertThat(rolesOf(session)).containsExactly("alice");
    Awaits.get(session.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gssapi"})
  void logsInAsOneAndActsAsAnother(String mechanism) {
    CqlSession bob = connect(auth(mechanism, "bob", ""));
    Awaits.failure(Unauthorized.class, bob.execute(dse.select()));
    Awaits.get(bob.close());
    CqlSession bobAsAlice = connect(auth(mechanism, "bob", "alice"));
    assertThat(Awaits.get(bobAsAlice.execute(dse.select())).first().getInt("v")).isEqualTo(7);
    assertThat(rolesOf(bobAsAlice)).containsExactly("alice");
    Awaits.get(bobAsAlice.close());
    AuthenticationFailed refused = refused(auth(mechanism, "alice", "bob"));
    assertThat(refused).hasMessageContaining("alice has no permission to log in as 'bob'");
  }

  @Test
  void wrongPassword() {
    PolicyOptions wrong = DseNode.plain("alice", "");
    wrong.getConfig().put("password", "swordfish");
    assertThat(refused(wrong))
        .hasMessageContaining("check the credentials")
        .hasMessageNotContaining("swordfish");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gssapi"})
  void apacheDriverAgrees(String mechanism) {
    for (String[] who : List.of(new String[] {"alice", ""}, new String[] {"bob", "alice"})) {
      assertThat(apacheRoles(apache(mechanism, who[0], who[1]))).containsExactly("alice");
    }
    AuthProvider refused = apache(mechanism, "alice", "bob");
    assertThatThrownBy(() -> apacheRoles(refused)).isInstanceOf(AllNodesFailedException.class);
  }

  /** Rule 2.22: another user for one statement, by the payload ProxyExecute. */
  @Test
  void executesAsAnother() {
    CqlSession bob = connect(auth("plain", "bob", ""));
    SimpleStatement select = SimpleStatement.of(dse.select());
    assertThat(Awaits.get(bob.execute(select.withExecuteAs("alice"))).first().getInt("v"))
        .isEqualTo(7);
    PreparedStatement prepared =
        Awaits.get(bob.prepare("SELECT v FROM " + dse.sessions.keyspace() + ".t WHERE k = ?"));
    assertThat(Awaits.get(bob.execute(prepared.bind(1).withExecuteAs("alice"))).size()).isOne();
    Unauthorized asHimself = Awaits.failure(Unauthorized.class, bob.execute(prepared.bind(1)));
    assertThat(asHimself).hasMessageContaining("bob has no SELECT");
    Unauthorized asCarol =
        Awaits.failure(Unauthorized.class, bob.execute(select.withExecuteAs("carol")));
    assertThat(asCarol).hasMessageContaining("bob has no permission to run as 'carol'");
    BatchStatement batch =
        BatchStatement.unlogged(
            SimpleStatement.of("UPDATE " + dse.sessions.keyspace() + ".t SET v = 8 WHERE k = 1"));
    Unauthorized asAlice =
        Awaits.failure(Unauthorized.class, bob.execute(batch.withExecuteAs("alice")));
    assertThat(asAlice).hasMessageContaining("alice has no MODIFY");
    Awaits.get(bob.close());
  }

  @Test
  void expiredTicketInTheCache() throws Exception {
    String cache = dse.kdc.ticketCache("alice", System.currentTimeMillis() - 3_600_000);
    assertThat(refused(ticketCache(cache)))
        .hasMessageContaining(dse.sessions.node().host())
        .hasMessageContaining("or an expired one: run kinit")
        .hasMessageContaining(cache);
  }

  @Test
  void ticketInTheCache() throws Exception {
    String cache = dse.kdc.ticketCache("alice", System.currentTimeMillis() + 3_600_000);
    CqlSession session = connect(ticketCache(cache));
    assertThat(rolesOf(session)).containsExactly("alice");
    Awaits.get(session.close());
  }

  @Test
  void serviceThatTheKdcDoesNotKnow() {
    PolicyOptions auth = dse.gssapi("alice", "");
    auth.getConfig().put("service", "cassandra");
    assertThat(refused(auth))
        .hasMessageContaining("Server not found in Kerberos database")
        .hasMessageContaining("check 'service' and 'serverName'")
        .hasMessageContaining("'cassandra'");
  }

  @Test
  void principalThatTheKdcDoesNotKnow() throws Exception {
    dse.kdc.keytab("mallory");
    dse.kdc.remove("mallory");
    assertThat(refused(dse.gssapi("mallory", ""))).hasMessageContaining("check 'principal'");
  }

  @Test
  void keytabThatIsNotThere() {
    assertThat(refused(dse.gssapi("nobody", ""))).hasMessageContaining("nobody.keytab");
  }

  @Test
  void clocksOfTheClientAndTheNodeDiffer() {
    dse.kdc.config("node", dse.kdc.port(), Kdc.EVERY_CLOCK_IS_WRONG);
    assertThat(refused(dse.gssapi("alice", "")))
        .hasMessageContaining("Clock skew too great")
        .hasMessageContaining("the node must agree: synchronise them")
        .hasMessageNotContaining("check the credentials");
  }

  /** This centre says no more than that the proof, which is made of key and time, is wrong. */
  @Test
  void clocksOfTheClientAndTheCentreDiffer() {
    dse.kdc.clockSkew(Kdc.EVERY_CLOCK_IS_WRONG);
    assertThat(refused(dse.gssapi("alice", "")))
        .hasMessageContaining("Pre-authentication information was invalid")
        .hasMessageContaining("the clocks of this machine and the KDC differ");
  }

  /** A named entry of the file that java.security.auth.login.config leads to. */
  @Test
  void entryOfTheJaasFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("jaas.conf"),
            """
            Billing {
              com.sun.security.auth.module.Krb5LoginModule required
                useKeyTab=true keyTab="%s" principal="alice@%s" refreshKrb5Config=true;
            };
            """
                .formatted(dse.keytab("alice"), Kdc.REALM));
    System.setProperty("java.security.auth.login.config", file.toString());
    Configuration.setConfiguration(null);
    try {
      CqlSession session = connect(loginEntry("Billing"));
      assertThat(rolesOf(session)).containsExactly("alice");
      Awaits.get(session.close());
      assertThat(refused(loginEntry("Orders")))
          .hasMessageContaining("No LoginModules configured for Orders")
          .hasMessageContaining("'loginEntry'");
    } finally {
      System.clearProperty("java.security.auth.login.config");
      Configuration.setConfiguration(null);
    }
  }

  private static PolicyOptions loginEntry(String name) {
    return new PolicyOptions("gssapi").setConfig(new JsonObject().put("loginEntry", name));
  }

  /** The session outlives its tickets: who opens a connection later logs in anew, unnoticed. */
  @Test
  void ticketsThatEndInTheMiddleOfLife() {
    Duration lifetime = Duration.ofSeconds(3);
    dse.kdc.ticketLifetime(lifetime);
    try (CapturedLog log = new CapturedLog("cqloop", Level.WARNING)) {
      CqlSession session = connect(dse.gssapi("alice", ""));
      long ended = System.currentTimeMillis() + lifetime.toMillis();
      Awaits.until(
          "the ticket has ended", Duration.ofSeconds(20), () -> System.currentTimeMillis() > ended);
      dse.sessions.node().restartNativeTransport(Duration.ZERO);
      Awaits.served(Duration.ofSeconds(30), () -> session.execute(dse.select()));
      assertThat(rolesOf(session)).containsExactly("alice");
      Awaits.get(session.close());
      assertThat(log.text()).doesNotContain("GSSAPI");
    }
  }

  @Test
  void kdcIsDown() {
    dse.kdc.config("client", Kdc.freePort(), Kdc.USUAL_SKEW_SECONDS);
    assertThat(refused(dse.gssapi("alice", "")))
        .hasMessageContaining("The KDC cannot be reached")
        .hasMessageContaining("krb5.conf");
  }

  @Test
  void kdcThatNeverAnswersEndsWithTheHandshake() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      dse.kdc.config("client", silent.getLocalPort(), Kdc.USUAL_SKEW_SECONDS);
      CqlOptions options = dse.options(dse.gssapi("alice", ""));
      options.getConnection().setHandshakeTimeout(Duration.ofMillis(300));
      NoNodeAvailable none =
          Awaits.failure(NoNodeAvailable.class, CqlSession.connect(dse.sessions.vertx(), options));
      assertThat(none.reasons().values()).singleElement().isInstanceOf(HandshakeTimeout.class);
    }
    // The hanging login holds the one thread of Kerberos until its socket is gone.
    dse.kdc.reset("client");
    Awaits.get(connect(dse.gssapi("alice", "")).close());
  }

  private static PolicyOptions auth(String mechanism, String role, String actAs) {
    return mechanism.equals("plain") ? DseNode.plain(role, actAs) : dse.gssapi(role, actAs);
  }

  private static PolicyOptions ticketCache(String cache) {
    return new PolicyOptions("gssapi").setConfig(new JsonObject().put("ticketCache", cache));
  }

  private static CqlSession connect(PolicyOptions auth) {
    return dse.sessions.connect(dse.options(auth));
  }

  private static AuthenticationFailed refused(PolicyOptions auth) {
    return Awaits.failure(
        AuthenticationFailed.class, CqlSession.connect(dse.sessions.vertx(), dse.options(auth)));
  }

  /** The roles that the server shows to who is no superuser: his own. */
  private static List<String> rolesOf(CqlSession session) {
    List<String> roles = new ArrayList<>();
    for (Row row : Awaits.get(session.execute("LIST ROLES"))) {
      roles.add(row.getString("role"));
    }
    return roles;
  }

  private static AuthProvider apache(String mechanism, String role, String actAs) {
    if (mechanism.equals("plain")) {
      return new ProgrammaticPlainTextAuthProvider(role, "pw-" + role, actAs);
    }
    GssApiOptions.Builder options =
        GssApiOptions.builder()
            .withLoginConfiguration(
                Map.of(
                    "principal",
                    role + "@" + Kdc.REALM,
                    "useKeyTab",
                    "true",
                    "refreshKrb5Config",
                    "true",
                    "keyTab",
                    dse.keytab(role)));
    return new ProgrammaticDseGssApiAuthProvider(
        actAs.isEmpty() ? options.build() : options.withAuthorizationId(actAs).build());
  }

  private static List<String> apacheRoles(AuthProvider auth) {
    List<String> roles = new ArrayList<>();
    try (com.datastax.oss.driver.api.core.CqlSession session =
        com.datastax.oss.driver.api.core.CqlSession.builder()
            .addContactPoint(dse.sessions.node().address())
            .withLocalDatacenter(dse.sessions.node().datacenter())
            .withAuthProvider(auth)
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                    .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                    .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                    .build())
            .build()) {
      session.execute("LIST ROLES").forEach(row -> roles.add(row.getString("role")));
    }
    return roles;
  }
}
