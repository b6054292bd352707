package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.BatchStatement;
import cqloop.Consistency;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.ProfileOptions;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.error.InvalidQuery;
import cqloop.error.ProfileNotFound;
import cqloop.error.RequestTimeout;
import cqloop.error.WriteTimeout;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.RecordedRequest;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@CassandraTest
class BatchIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.t (p int, c int, v text, PRIMARY KEY (p, c))");
    sessions.set("CREATE TABLE $ks.hits (k int PRIMARY KEY, n counter)");
  }

  @AfterEach
  void forgetInjections() {
    sessions.node().clearInjections();
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void loggedBatchMixesSimpleAndBoundStatements(Wire wire) {
    CqlSession session = sessions.on(wire);
    int p = 100 + wire.ordinal();
    PreparedStatement insert = prepareInsert(session);
    BatchStatement batch =
        BatchStatement.logged(
                insert.bind(p, 1, "bound"),
                SimpleStatement.of("INSERT INTO t (p, c, v) VALUES (?, ?, ?)", p, 2, "simple"))
            .add(SimpleStatement.of("INSERT INTO t (p, c, v) VALUES (" + p + ", 3, 'literal')"));
    RowSet done = Awaits.get(session.execute(batch.withIdempotent(true)));

    assertThat(done.wasApplied()).isTrue();
    assertThat(done.size()).isZero();
    assertThat(valuesOf(session, p)).containsExactly("bound", "simple", "literal");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void serverSeesTypeSettingsAndChildren(Wire wire) {
    CqlSession session = sessions.on(wire);
    int p = 200 + wire.ordinal();
    String mark = "batch " + wire;
    Statement<?> child =
        SimpleStatement.of(
            "INSERT INTO t (p, c, v) VALUES (?, ?, ?) /* " + mark + " */", p, 1, "x");
    Awaits.get(
        session.execute(
            BatchStatement.unlogged(child, prepareInsert(session).bind(p, 2, "y"))
                .withConsistency(Consistency.QUORUM)
                .withSerialConsistency(Consistency.LOCAL_SERIAL)
                .withTimestamp(1234567)));

    RecordedRequest seen = sessions.node().requests(mark).get(0);
    assertThat(seen.kind()).isEqualTo("BATCH");
    assertThat(seen.batchType()).isEqualTo("UNLOGGED");
    assertThat(seen.consistency()).isEqualTo("QUORUM");
    assertThat(seen.serialConsistency()).isEqualTo("LOCAL_SERIAL");
    assertThat(seen.timestamp()).isEqualTo(1234567);
    assertThat(seen.values()).containsExactly(3, 3);
    assertThat(seen.statements()).hasSize(2);
    Row row =
        Awaits.get(session.execute("SELECT writetime(v) FROM t WHERE p = ? AND c = 2", p)).first();
    assertThat(row.getLong(0)).isEqualTo(1234567);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void countersAreCounted(Wire wire) {
    CqlSession session = sessions.on(wire);
    int k = wire.ordinal();
    PreparedStatement add = Awaits.get(session.prepare("UPDATE hits SET n = n + ? WHERE k = ?"));
    Awaits.get(
        session.execute(
            BatchStatement.counter(
                add.bind(2L, k), SimpleStatement.of("UPDATE hits SET n = n + 5 WHERE k = ?", k))));
    Row row = Awaits.get(session.execute("SELECT n FROM hits WHERE k = ?", k)).first();
    assertThat(row.getLong("n")).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void conditionalBatchTellsWhetherItWasApplied(Wire wire) {
    CqlSession session = sessions.on(wire);
    int p = 300 + wire.ordinal();
    PreparedStatement ifNew =
        Awaits.get(session.prepare("INSERT INTO t (p, c, v) VALUES (?, ?, ?) IF NOT EXISTS"));
    BatchStatement batch =
        BatchStatement.logged(
            ifNew.bind(p, 1, "first"),
            SimpleStatement.of("INSERT INTO t (p, c, v) VALUES (?, ?, ?)", p, 2, "second"));
    assertThat(Awaits.get(session.execute(batch)).wasApplied()).isTrue();

    RowSet refused = Awaits.get(session.execute(batch));
    assertThat(refused.wasApplied()).isFalse();
    assertThat(refused.first().getBoolean("[applied]")).isFalse();
    assertThat(refused.first().getString("v")).isEqualTo("first");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void forgottenChildrenArePreparedAgain(Wire wire) {
    CqlSession session = sessions.on(wire);
    int p = 400 + wire.ordinal();
    PreparedStatement one =
        Awaits.get(session.prepare("INSERT INTO t (p, c, v) VALUES (?, 1, ?) /* " + wire + " */"));
    PreparedStatement two =
        Awaits.get(session.prepare("INSERT INTO t (p, c, v) VALUES (?, 2, ?) /* " + wire + " */"));
    sessions.node().dropPreparedStatements();
    Awaits.get(
        session.execute(
            BatchStatement.logged(one.bind(p, "a"), two.bind(p, "b"), one.bind(p, "c"))));

    assertThat(valuesOf(session, p)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void largeBatchIsOneRequest(Wire wire) {
    CqlSession session = sessions.on(wire);
    int p = 500 + wire.ordinal();
    PreparedStatement insert = prepareInsert(session);
    List<Statement<?>> children = new ArrayList<>();
    for (int c = 0; c < 1000; c++) {
      children.add(insert.bind(p, c, "v" + c));
    }
    Awaits.get(session.execute(BatchStatement.of(cqloop.BatchType.UNLOGGED, children)));
    assertThat(valuesOf(session, p)).hasSize(1000).startsWith("v0").endsWith("v999");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void serverRefusesWhatDoesNotBelongTogether(Wire wire) {
    CqlSession session = sessions.on(wire);
    Awaits.failure(
        InvalidQuery.class,
        session.execute(
            BatchStatement.logged(
                SimpleStatement.of("INSERT INTO t (p, c, v) VALUES (1, 1, 'x')"),
                SimpleStatement.of("UPDATE hits SET n = n + 1 WHERE k = 1"))));
    Awaits.failure(
        InvalidQuery.class,
        session.execute(BatchStatement.logged(SimpleStatement.of("SELECT * FROM t"))));
    assertThat(Awaits.get(session.execute(BatchStatement.logged())).size()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void onlyIdempotentBatchesAreRepeated(Wire wire) {
    CqlSession session = sessions.on(wire);
    String mark = "batch repeated " + wire;
    BatchStatement batch = BatchStatement.logged(insert(600, mark), insert(600, mark));
    assertThat(Awaits.failure(WriteTimeout.class, afterTimeout(session, batch, mark)).writeType())
        .isEqualTo("BATCH_LOG");
    assertThat(sessions.node().requests(mark)).hasSize(1);

    RowSet done = Awaits.get(afterTimeout(session, batch.withIdempotent(true), mark));
    assertThat(done.executionInfo().failedAttempts())
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.error()).isInstanceOf(WriteTimeout.class));
    List<RecordedRequest> seen = sessions.node().requests(mark);
    assertThat(seen).hasSize(3);
    assertThat(seen.get(1).timestamp())
        .as("repeating a batch writes the same cells")
        .isEqualTo(seen.get(2).timestamp());
  }

  @Test
  void retryPolicyAndSettingsOfABatchAreThoseOfItsProfile() {
    CqlOptions options =
        sessions
            .options()
            .addProfile(
                "once",
                new ProfileOptions()
                    .setConsistency(Consistency.QUORUM)
                    .setSerialConsistency(Consistency.LOCAL_SERIAL)
                    .setRetry(new PolicyOptions("fallthrough")));
    CqlSession session = sessions.connect(options);
    String mark = "batch profile";
    BatchStatement batch =
        BatchStatement.logged(insert(700, mark).withProfile("unknown")).withIdempotent(true);
    Awaits.failure(WriteTimeout.class, afterTimeout(session, batch.withProfile("once"), mark));

    assertThat(sessions.node().requests(mark)).as("fallthrough never repeats").hasSize(1);
    RecordedRequest seen = sessions.node().requests(mark).get(0);
    assertThat(seen.consistency()).isEqualTo("QUORUM");
    assertThat(seen.serialConsistency()).isEqualTo("LOCAL_SERIAL");
    Awaits.get(afterTimeout(session, batch, mark));
    assertThat(sessions.node().requests(mark)).as("the default repeats").hasSize(3);
    assertThat(sessions.node().requests(mark).get(2).consistency()).isEqualTo("LOCAL_ONE");
    ProfileNotFound unknown =
        Awaits.failure(ProfileNotFound.class, session.execute(batch.withProfile("unknown")));
    assertThat(unknown).hasMessageContaining("once");
    Awaits.get(session.close());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void timeoutOfABatchEndsItAndNothingElse(Wire wire) {
    CqlSession session = sessions.on(wire);
    BatchStatement slow =
        BatchStatement.logged(
            SimpleStatement.of(
                    "/* cqloop:delay=700 */ INSERT INTO t (p, c, v) VALUES (800, 1, 'x')")
                .withTimeout(Duration.ofMinutes(1)));
    long start = System.nanoTime();
    RequestTimeout timeout =
        Awaits.failure(
            RequestTimeout.class, session.execute(slow.withTimeout(Duration.ofMillis(100))));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(650));
    assertThat(timeout.limit()).isEqualTo(Duration.ofMillis(100));
    assertThat(timeout.mayHaveBeenExecuted()).isTrue();
    assertThat(valuesOf(session, -1)).as("the connection serves on").isEmpty();
  }

  /** The first execution from here on times out at the batch log. */
  private static Future<RowSet> afterTimeout(
      CqlSession session, BatchStatement batch, String mark) {
    sessions.node().inject("write_timeout=BATCH_LOG,0,1", 1, mark);
    return session.execute(batch);
  }

  private static SimpleStatement insert(int p, String mark) {
    return SimpleStatement.of("INSERT INTO t (p, c, v) VALUES (?, 1, 'x') /* " + mark + " */", p);
  }

  @Test
  void driverRefusesNestedBatchesAndNamedValues() {
    assertThatThrownBy(() -> BatchStatement.logged(BatchStatement.logged()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                BatchStatement.logged(
                    SimpleStatement.of("UPDATE t").withNamedValues(Map.of("a", 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PreparedStatement prepareInsert(CqlSession session) {
    return Awaits.get(session.prepare("INSERT INTO t (p, c, v) VALUES (?, ?, ?)"));
  }

  private static List<String> valuesOf(CqlSession session, int p) {
    return Awaits.get(session.execute("SELECT v FROM t WHERE p = ?", p)).all().stream()
        .map(row -> row.getString("v"))
        .toList();
  }
}
