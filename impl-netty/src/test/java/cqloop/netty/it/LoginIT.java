package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.auth.Credentials;
import cqloop.auth.CredentialsProvider;
import cqloop.auth.PlainAuthenticatorProvider;
import cqloop.error.AuthenticationFailed;
import cqloop.error.ErrorCategory;
import cqloop.error.InvalidOptions;
import cqloop.error.Unauthorized;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Faults H1 to H4: passwords that are wrong, that change, that a stranger asks for, and rights that
 * are taken away, on a node with PasswordAuthenticator and CassandraAuthorizer.
 */
@CassandraTest
@Tag("cluster")
class LoginIT {

  private static final String CASSANDRA = "org.apache.cassandra.auth.PasswordAuthenticator";

  private static CassandraCluster open;
  private static CassandraCluster cluster;
  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster shared, @TestKeyspace String keyspace) {
    open = shared;
    cluster =
        CassandraCluster.builder()
            .line(shared.line())
            .passwordAuth()
            // A password may be changed every five seconds only, unless told.
            .jvmFlags("-Dcassandra.role_password_update_min_interval_in_ms=0")
            .start();
    sessions = new Sessions(cluster, keyspace);
    sessions.set(
        "CREATE KEYSPACE $ks WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    sessions.set("CREATE TABLE $ks.t (k int PRIMARY KEY, v int)");
  }

  @AfterAll
  static void close() {
    sessions.close();
    cluster.close();
  }

  /** H1. */
  @Test
  void wrongPasswordIsTriedOnceAndTheErrorSaysWhereAndWhatToDo() {
    Supplier wrong = new Supplier("cassandra", "swordfish");
    AuthenticationFailed failure =
        Awaits.failure(AuthenticationFailed.class, connect(options(), wrong));
    assertThat(failure.node()).isEqualTo(sessions.node().host() + ":9042");
    assertThat(failure.category()).isEqualTo(ErrorCategory.AUTH);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure)
        .hasMessageContaining(failure.node())
        .hasMessageContaining("check the credentials of the auth option")
        .hasMessageNotContaining("swordfish");
    assertThat(wrong.asked).hasSize(1);
  }

  /** H2: the supplier is asked for each connection; the old ones live until they close. */
  @Test
  void newConnectionsUseTheNewPassword() {
    sessions.set("CREATE ROLE rotated WITH PASSWORD = 'first' AND LOGIN = true");
    sessions.set("GRANT SELECT ON $ks.t TO rotated");
    Supplier supplier = new Supplier("rotated", "first");
    CqlOptions options = options();
    options
        .getConnection()
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 50)));
    CqlSession session = Awaits.get(connect(options, supplier));
    Runnable works =
        () -> Awaits.get(session.execute("SELECT v FROM " + sessions.keyspace() + ".t"));
    works.run();

    sessions.set("ALTER ROLE rotated WITH PASSWORD = 'second'");
    works.run();

    // The supplier is late: new connections are refused, with a warning, until it catches up.
    try (CapturedLog log = new CapturedLog("cqloop", Level.WARNING)) {
      sessions.node().restartNativeTransport(Duration.ofMillis(100));
      Awaits.until(
          "a warning",
          Duration.ofSeconds(10),
          () -> !log.lines("New connections come to nothing").isEmpty());
      assertThat(log.text()).contains(sessions.node().host()).doesNotContain("first");
    }
    supplier.password = "second";
    Awaits.served(Duration.ofSeconds(20), () -> session.execute("SELECT key FROM system.local"));
    works.run();
    assertThat(supplier.asked.size()).isGreaterThan(2);
    for (char[] given : supplier.asked) {
      assertThat(given).as("wiped after use").containsOnly('\0');
    }
    Awaits.get(session.close());
  }

  /** H3: a server of another class gets nothing, and the supplier is not even asked. */
  @Test
  void onlyServersOnTheListAreAnswered() {
    Supplier supplier = new Supplier("cassandra", "cassandra");
    AuthenticationFailed refused =
        Awaits.failure(
            AuthenticationFailed.class, connect(allowing("com.example.Expected"), supplier));
    assertThat(refused)
        .hasMessageContaining(CASSANDRA)
        .hasMessageContaining("com.example.Expected");
    assertThat(supplier.asked).isEmpty();
    Awaits.get(Awaits.get(connect(allowing(CASSANDRA), supplier)).close());
    assertThat(supplier.asked).isNotEmpty();
  }

  /** H3: a node that lets everybody in is told of, or refused. */
  @Test
  void nodeThatDoesNotAskIsNoted() {
    Sessions anonymous = new Sessions(open, sessions.keyspace());
    CqlOptions options = anonymous.options().setKeyspace(null);
    try (CapturedLog log = new CapturedLog("cqloop.auth", Level.WARNING)) {
      Awaits.get(anonymous.connect(options.setAuth(plain(new JsonObject()))).close());
      assertThat(log.lines("did not ask who we are")).hasSize(1);
      Awaits.get(
          anonymous
              .connect(options.setAuth(plain(new JsonObject().put("whenNotAsked", "ignore"))))
              .close());
      assertThat(log.lines("did not ask who we are")).hasSize(1);
    }
    AuthenticationFailed refused =
        Awaits.failure(
            AuthenticationFailed.class,
            CqlSession.connect(
                anonymous.vertx(),
                options.setAuth(plain(new JsonObject().put("whenNotAsked", "refuse")))));
    assertThat(refused)
        .hasMessageContaining(anonymous.node().host())
        .hasMessageContaining("lets everybody in");
    assertThat(
            Awaits.failure(
                CqlSession.connect(
                    anonymous.vertx(),
                    options.setAuth(plain(new JsonObject().put("whenNotAsked", "panic"))))))
        .hasMessageContaining("warn, refuse or ignore");
    anonymous.close();
  }

  /** H4: what is taken away fails the request, not the connection. */
  @Test
  void rightsThatAreTakenAwayInTheMiddleOfLife() {
    sessions.set("CREATE ROLE reader WITH PASSWORD = 'pw' AND LOGIN = true");
    sessions.set("GRANT SELECT ON $ks.t TO reader");
    Supplier supplier = new Supplier("reader", "pw");
    CqlSession session = Awaits.get(connect(options(), supplier));
    String select = "SELECT v FROM " + sessions.keyspace() + ".t";
    Awaits.get(session.execute(select));
    int connections = supplier.asked.size();
    sessions.set("REVOKE SELECT ON $ks.t FROM reader");
    Unauthorized refused = Awaits.failure(Unauthorized.class, session.execute(select));
    assertThat(refused.attempts()).hasSize(1);
    assertThat(refused.mayHaveBeenExecuted()).isFalse();
    assertThat(refused).hasMessageContaining("reader").hasMessageContaining("SELECT");
    Awaits.get(session.execute("SELECT key FROM system.local"));
    sessions.set("GRANT SELECT ON $ks.t TO reader");
    Awaits.get(session.execute(select));
    assertThat(supplier.asked).as("no connection was lost").hasSize(connections);
    Awaits.get(session.close());
  }

  @Test
  void authenticatorThatNobodyProvides() {
    assertThat(
            Awaits.failure(
                CqlSession.connect(
                    sessions.vertx(), options().setAuth(new PolicyOptions("plane")))))
        .hasMessageContaining("plane")
        .hasMessageContaining("plain")
        .isNotInstanceOf(InvalidOptions.class);
  }

  private static CqlOptions options() {
    return sessions.options().setKeyspace(null);
  }

  private static CqlOptions allowing(String serverClass) {
    return options()
        .setAuth(
            new PolicyOptions("plain")
                .setConfig(
                    new JsonObject()
                        .put("serverAuthenticators", new JsonArray().add(serverClass))));
  }

  private static PolicyOptions plain(JsonObject config) {
    return new PolicyOptions("plain")
        .setConfig(config.put("username", "cassandra").put("password", "cassandra"));
  }

  private static Future<CqlSession> connect(CqlOptions options, CredentialsProvider supplier) {
    if (options.getAuth() == null) {
      options.setAuth(new PolicyOptions("plain"));
    }
    return CqlSession.builder(sessions.vertx())
        .options(options)
        .addProvider(PlainAuthenticatorProvider.of(supplier))
        .connect();
  }

  /** Any thread. Gives the password of the moment and keeps each array that it gave. */
  private static final class Supplier implements CredentialsProvider {
    private final List<char[]> asked = new CopyOnWriteArrayList<>();
    private final String user;
    private volatile String password;

    Supplier(String user, String password) {
      this.user = user;
      this.password = password;
    }

    @Override
    public Future<Credentials> credentials(SocketAddress node) {
      char[] given = password.toCharArray();
      asked.add(given);
      return Future.succeededFuture(new Credentials(user, given));
    }
  }
}
