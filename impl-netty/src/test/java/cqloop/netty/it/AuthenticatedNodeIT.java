package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.error.AuthenticationFailed;
import cqloop.error.ConnectionClosed;
import cqloop.error.CqlException;
import cqloop.error.Unauthorized;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node of its own with PasswordAuthenticator, which dies at the end and comes back. */
@CassandraTest
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuthenticatedNodeIT {

  private static CassandraCluster cluster;
  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster shared, @TestKeyspace String keyspace) {
    cluster =
        CassandraCluster.builder()
            .line(shared.line())
            .passwordAuth()
            .crashSafe()
            .queryRecorder()
            .start();
    sessions = new Sessions(cluster, keyspace);
    sessions.set(
        "CREATE KEYSPACE $ks WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    sessions.set("CREATE TABLE $ks.t (k int PRIMARY KEY, v int)");
    sessions.set("INSERT INTO $ks.t (k, v) VALUES (1, 7)");
    sessions.set("CREATE ROLE app WITH PASSWORD = 'pässword' AND LOGIN = true");
  }

  @AfterAll
  static void close() {
    sessions.close();
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V5_LZ4"})
  @Order(1)
  void logsInWithUserAndPassword(Wire wire) {
    wire.assumeSpokenBy(sessions.line());
    CqlSession session = sessions.connect(login(wire, "cassandra", "cassandra"));
    String mark = "login " + wire;
    assertThat(
            Awaits.get(session.execute("SELECT v FROM t WHERE k = 1 /* " + mark + " */"))
                .first()
                .getInt("v"))
        .isEqualTo(7);
    assertThat(sessions.node().requests(mark).get(0).user()).isEqualTo("cassandra");
    Awaits.get(session.close());
  }

  @Test
  @Order(2)
  void roleWithoutRightsIsRefusedByTheServerOnly() {
    CqlSession session = sessions.connect(login(Wire.V4, "app", "pässword").setKeyspace(null));
    Awaits.failure(
        Unauthorized.class,
        session.execute("SELECT v FROM " + sessions.keyspace() + ".t WHERE k = 1"));
    assertThat(Awaits.get(session.execute("SELECT key FROM system.local")).size()).isEqualTo(1);
    Awaits.get(session.close());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  @Order(3)
  void wrongPasswordUserOrNoLoginAtAll(Wire wire) {
    wire.assumeSpokenBy(sessions.line());
    AuthenticationFailed wrong =
        Awaits.failure(
            AuthenticationFailed.class,
            CqlSession.connect(sessions.vertx(), login(wire, "cassandra", "swordfish")));
    assertThat(wrong.toString()).doesNotContain("swordfish");
    Awaits.failure(
        AuthenticationFailed.class,
        CqlSession.connect(sessions.vertx(), login(wire, "nobody", "x")));
    AuthenticationFailed none =
        Awaits.failure(
            AuthenticationFailed.class,
            CqlSession.connect(sessions.vertx(), sessions.options(wire)));
    assertThat(none).hasMessageContaining("PasswordAuthenticator");
  }

  @Test
  @Order(4)
  void killedNodeComesBackAndTheSessionRecoversByItself() {
    CqlOptions options = login(Wire.V4, "cassandra", "cassandra");
    options
        .getConnection()
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 100)));
    CqlSession session = sessions.connect(options);
    PreparedStatement select = Awaits.get(session.prepare("SELECT v FROM t WHERE k = ?"));
    assertThat(Awaits.get(session.execute(select.bind(1))).first().getInt("v")).isEqualTo(7);
    CassandraNode node = sessions.node();
    String slow = "/* cqloop:delay=5000 */ SELECT v FROM t WHERE k = 1";
    Future<RowSet> inFlight = session.execute(slow);
    node.awaitRequests(slow, 1, Duration.ofSeconds(5));
    node.kill();
    ConnectionClosed lost = Awaits.failure(ConnectionClosed.class, inFlight);
    assertThat(lost.mayHaveBeenExecuted()).isTrue();
    assertThat(lost.attempts()).hasSize(1);
    Awaits.failure(CqlException.class, session.execute(select.bind(1)));
    node.start();
    Awaits.served(Duration.ofSeconds(30), () -> session.execute(select.bind(1)));
    assertThat(Awaits.get(session.execute(select.bind(1))).first().getInt("v")).isEqualTo(7);
    Awaits.get(session.close());
  }

  private static CqlOptions login(Wire wire, String user, String password) {
    return sessions
        .options(wire)
        .setAuth(
            new PolicyOptions("plain")
                .setConfig(new JsonObject().put("username", user).put("password", password)));
  }
}
