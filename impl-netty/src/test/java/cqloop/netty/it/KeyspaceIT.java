package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.RowSet;
import cqloop.error.InvalidQuery;
import cqloop.error.KeyspaceFailed;
import cqloop.error.PreparedStatementChanged;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The keyspace of a session, on each of its connections. */
@CassandraTest
class KeyspaceIT {

  private static final String WHO = "SELECT name FROM who WHERE k = 1";

  private static Sessions sessions;
  private static String first;
  private static String mixed;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    first = keyspace;
    mixed = "Mixed Case".replace(' ', '_') + keyspace.replaceAll("\\D", "");
    sessions.set(
        "CREATE KEYSPACE \""
            + mixed
            + "\" WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    for (String each : List.of(first, mixed)) {
      sessions.set("CREATE TABLE \"" + each + "\".who (k int PRIMARY KEY, name text)");
      sessions.set("INSERT INTO \"" + each + "\".who (k, name) VALUES (1, '" + each + "')");
    }
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void useKeyspaceChangesEveryConnectionOfEveryLoop(Wire wire) {
    CqlOptions options = sessions.options(wire);
    options.getPool().setConnectionsLocal(3);
    CqlSession session = sessions.connect(options);
    assertThat(session.keyspace()).isEqualTo(first);
    assertThat(namesOnAllLoops(session)).containsOnly(first);

    Awaits.get(session.useKeyspace(mixed));
    assertThat(session.keyspace()).isEqualTo(mixed);
    assertThat(namesOnAllLoops(session)).containsOnly(mixed);
    assertThat(Awaits.get(session.collect(statement(), counting()))).isEqualTo(1);

    RowSet used = Awaits.get(session.execute("USE " + first));
    assertThat(used.size()).isZero();
    assertThat(session.keyspace()).isEqualTo(first);
    assertThat(namesOnAllLoops(session)).containsOnly(first);
    Awaits.get(session.execute(" use \"" + mixed + "\""));
    assertThat(namesOnAllLoops(session)).containsOnly(mixed);
    Awaits.get(session.close());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void unknownKeyspaceChangesNothing(Wire wire) {
    CqlSession session = sessions.connect(sessions.options(wire));
    Awaits.failure(InvalidQuery.class, session.useKeyspace("no_such_keyspace"));
    assertThat(session.keyspace()).isEqualTo(first);
    assertThat(namesOnAllLoops(session)).containsOnly(first);
    Awaits.get(session.close());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void sessionMayOpenWithoutKeyspaceAndTakeOneLater(Wire wire) {
    CqlSession session = sessions.connect(sessions.options(wire).setKeyspace(null));
    assertThat(session.keyspace()).isNull();
    Awaits.failure(InvalidQuery.class, session.execute(WHO));
    Awaits.get(session.useKeyspace(first));
    assertThat(namesOnAllLoops(session)).containsOnly(first);
    Awaits.get(session.close());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void connectWithAMixedCaseOrUnknownKeyspace(Wire wire) {
    CqlSession session = sessions.connect(sessions.options(wire).setKeyspace(mixed));
    assertThat(namesOnAllLoops(session)).containsOnly(mixed);
    Awaits.get(session.close());
    KeyspaceFailed failed =
        Awaits.failure(
            KeyspaceFailed.class,
            CqlSession.connect(sessions.vertx(), sessions.options(wire).setKeyspace("nowhere")));
    assertThat(failed.keyspace()).isEqualTo("nowhere");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void statementPreparedUnderOneKeyspaceNeverReadsFromAnother(Wire wire) {
    CqlSession session = sessions.connect(sessions.options(wire));
    cqloop.PreparedStatement prepared = Awaits.get(session.prepare(WHO));
    Awaits.get(session.useKeyspace(mixed));
    assertThat(Awaits.get(session.execute(prepared.bind())).first().getString(0)).isEqualTo(first);
    assertThat(
            Awaits.get(session.execute(Awaits.get(session.prepare(WHO)).bind()))
                .first()
                .getString(0))
        .isEqualTo(mixed);
    sessions.node().dropPreparedStatements();
    Future<RowSet> again = session.execute(prepared.bind());
    try {
      assertThat(Awaits.get(again).first().getString(0)).isEqualTo(first);
    } catch (AssertionError changed) {
      assertThat(changed.getCause()).isInstanceOf(PreparedStatementChanged.class);
    }
    Awaits.get(session.close());
  }

  private static List<String> namesOnAllLoops(CqlSession session) {
    List<Future<RowSet>> all = new ArrayList<>();
    for (int loop = 0; loop < 2; loop++) {
      Context context = ((VertxInternal) sessions.vertx()).createEventLoopContext();
      for (int i = 0; i < 6; i++) {
        Promise<RowSet> promise = Promise.promise();
        context.runOnContext(v -> session.execute(WHO).onComplete(promise));
        all.add(promise.future());
      }
    }
    List<String> names = new ArrayList<>();
    for (Future<RowSet> one : all) {
      names.add(Awaits.get(one).first().getString("name"));
    }
    return names;
  }

  private static cqloop.SimpleStatement statement() {
    return cqloop.SimpleStatement.of(WHO);
  }

  private static java.util.stream.Collector<Object, ?, Long> counting() {
    return java.util.stream.Collectors.counting();
  }
}
