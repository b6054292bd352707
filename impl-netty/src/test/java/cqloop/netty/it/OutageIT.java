package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.query;
import static cqloop.testkit.fake.Replies.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.ConnectionClosed;
import cqloop.error.CqlException;
import cqloop.error.NoNodeAvailable;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.WireType;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that end while requests are in flight. */
@CassandraTest
class OutageIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.t (k int PRIMARY KEY, v int)");
    sessions.set("INSERT INTO $ks.t (k, v) VALUES (1, 7)");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void serverClosesItsPortAndOpensItAgain(Wire wire) {
    CqlOptions options = sessions.options(wire);
    options
        .getConnection()
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 50)));
    CqlSession session = sessions.connect(options);
    PreparedStatement select = Awaits.get(session.prepare("SELECT v FROM t WHERE k = ?"));
    List<Future<RowSet>> slow = new ArrayList<>();
    String wait = "/* cqloop:delay=1000 */ SELECT v FROM t WHERE k = 1 /* " + wire + " */";
    for (int i = 0; i < 10; i++) {
      slow.add(session.execute(wait));
    }
    sessions.node().awaitRequests(wait, 1, Duration.ofSeconds(10));
    sessions.node().restartNativeTransport(Duration.ofMillis(300));
    for (Future<RowSet> one : slow) {
      // Some lines answer what is in flight before they close.
      if (Awaits.outcome(one).failed()) {
        assertThat(one.cause()).isInstanceOf(ConnectionClosed.class);
        assertThat(((CqlException) one.cause()).mayHaveBeenExecuted()).isTrue();
      }
    }
    sessions.node().awaitReady();
    Awaits.served(Duration.ofSeconds(15), () -> session.execute(select.bind(1)));
    assertThat(session.keyspace()).isEqualTo(sessions.keyspace());
    Awaits.get(session.close());
  }

  @Test
  void idempotentRequestsGoToAnotherNode() {
    try (Fakes fakes = new Fakes()) {
      FakeClusterOptions two =
          new FakeClusterOptions().addDatacenter("dc1", 2, 1).setFirstAddress("127.0.71.1");
      FakeCluster cluster = Awaits.get(FakeCluster.start(fakes.vertx(), two));
      FakeNode bad = cluster.node(0);
      FakeNode good = cluster.node(1);
      bad.when(query("write")).close();
      good.when(query("write")).reply(rows().column("v", WireType.INT).row(1));
      CqlSession session =
          Awaits.get(CqlSession.connect(sessions.vertx(), Fakes.options(bad, good)));
      awaitConnection(good);
      SimpleStatement write = SimpleStatement.of("write");
      int repeated = 0;
      for (int i = 0; i < 6; i++) {
        awaitConnection(bad);
        RowSet rows = Awaits.get(session.execute(write.withIdempotent(true)));
        assertThat(rows.executionInfo().coordinator().endpoint()).isEqualTo(Fakes.endpoint(good));
        repeated += rows.executionInfo().failedAttempts().size();
      }
      assertThat(repeated).as("requests that met the bad node").isPositive();
      ConnectionClosed once =
          Awaits.failure(
              ConnectionClosed.class,
              firstThatIsSent(() -> session.execute(write.withNode(Fakes.endpoint(bad)))));
      assertThat(once.mayHaveBeenExecuted()).isTrue();
      Awaits.get(session.close());
      Awaits.get(cluster.close());
    }
  }

  /** The node may be known as lost for a moment after it has been connected again. */
  private static Future<RowSet> firstThatIsSent(Supplier<Future<RowSet>> request) {
    AtomicReference<Future<RowSet>> last = new AtomicReference<>();
    Awaits.until(
        "a request is sent",
        Duration.ofSeconds(5),
        () -> {
          last.set(Awaits.outcome(request.get()));
          return !(last.get().cause() instanceof NoNodeAvailable);
        });
    return last.get();
  }

  private static void awaitConnection(FakeNode node) {
    Awaits.until(
        "the node is connected", Duration.ofSeconds(5), () -> !node.connections().isEmpty());
  }
}
