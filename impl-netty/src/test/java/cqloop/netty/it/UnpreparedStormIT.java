package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BoundStatement;
import cqloop.CqlSession;
import cqloop.RowSet;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.RecordedRequest;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node forgets what it has prepared while many requests are under way: scenario C4. */
@CassandraTest
class UnpreparedStormIT {

  private static final int REQUESTS = 200;

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.storm (k int PRIMARY KEY, v int)");
    sessions.set("INSERT INTO $ks.storm (k, v) VALUES (1, 7)");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void onePrepareServesAllThatAreRefusedOnAConnection(Wire wire) {
    CqlSession session = sessions.on(wire);
    String cql = "SELECT v FROM storm WHERE k = ? /* " + wire + " */";
    BoundStatement bound = Awaits.get(session.prepare(cql)).bind(1);
    Awaits.get(session.execute(bound));
    sessions.node().dropPreparedStatements();
    List<Future<RowSet>> all = Awaits.get(fromOneLoop(session, bound));
    for (Future<RowSet> one : all) {
      RowSet rows = Awaits.get(one);
      assertThat(rows.first().getInt("v")).isEqualTo(7);
      assertThat(rows.executionInfo().failedAttempts()).isEmpty();
    }
    List<RecordedRequest> prepares = new ArrayList<>(sessions.node().requests(cql));
    prepares.removeIf(request -> !request.kind().equals("PREPARE"));
    assertThat(prepares).as("the first PREPARE, and one for all").hasSize(2);
  }

  /** On one loop, and so on one connection. */
  private static Future<List<Future<RowSet>>> fromOneLoop(
      CqlSession session, BoundStatement bound) {
    Promise<List<Future<RowSet>>> made = Promise.promise();
    sessions
        .vertx()
        .runOnContext(
            nothing -> {
              List<Future<RowSet>> all = new ArrayList<>();
              for (int i = 0; i < REQUESTS; i++) {
                all.add(session.execute(bound));
              }
              made.complete(all);
            });
    return made.future();
  }
}
