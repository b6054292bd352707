package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.BatchStatement;
import cqloop.Consistency;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PagingState;
import cqloop.PolicyOptions;
import cqloop.ProfileOptions;
import cqloop.ProtocolVersion;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.error.NoNodeAvailable;
import cqloop.error.ProfileNotFound;
import cqloop.error.RequestTimeout;
import cqloop.error.UnsupportedByProtocol;
import cqloop.error.WriteTimeout;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.RecordedRequest;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each setting of a statement, shown by what reached the server. */
@CassandraTest
class StatementSettingsIT {

  private static final String SELECT = "SELECT v FROM t WHERE p = 1";

  private static Sessions sessions;
  private static String otherKeyspace;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.t (p int, c int, v text, PRIMARY KEY (p, c))");
    for (int c = 0; c < 10; c++) {
      sessions.set("INSERT INTO $ks.t (p, c, v) VALUES (1, " + c + ", 'v" + c + "')");
    }
    otherKeyspace = keyspace + "_o";
    sessions
        .node()
        .execute(
            "CREATE KEYSPACE "
                + otherKeyspace
                + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    sessions.node().execute("CREATE TABLE " + otherKeyspace + ".elsewhere (k int PRIMARY KEY)");
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
  void consistenciesReachTheServer(Wire wire) {
    RecordedRequest seen =
        seen(
            wire,
            s ->
                s.withConsistency(Consistency.LOCAL_QUORUM)
                    .withSerialConsistency(Consistency.LOCAL_SERIAL));
    assertThat(seen.consistency()).isEqualTo("LOCAL_QUORUM");
    assertThat(seen.serialConsistency()).isEqualTo("LOCAL_SERIAL");
    assertThat(seen(wire, s -> s).consistency()).as("default").isEqualTo("LOCAL_ONE");
  }

  @Test
  void serialConsistencyMustBeSerial() {
    assertThatThrownBy(() -> SimpleStatement.of("x").withSerialConsistency(Consistency.QUORUM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void pageSizeAndPageStateReachTheServer(Wire wire) {
    CqlSession session = sessions.on(wire);
    String mark = "/* paged " + wire + " */ ";
    SimpleStatement statement = SimpleStatement.of(mark + SELECT).withPageSize(4);
    RowSet first = Awaits.get(session.execute(statement));
    assertThat(first.size()).isEqualTo(4);
    PagingState state = PagingState.of(first.pagingState().toByteArray());
    RowSet second = Awaits.get(session.execute(statement.withPagingState(state)));

    assertThat(second.all())
        .extracting(r -> r.getString(0))
        .containsExactly("v4", "v5", "v6", "v7");
    List<RecordedRequest> seen = sessions.node().requests(mark);
    assertThat(seen).extracting(RecordedRequest::pageSize).containsExactly(4, 4);
    assertThat(seen.get(0).pagingState()).isNull();
    assertThat(seen.get(1).pagingState()).isNotEmpty();
    assertThat(seen(wire, s -> s).pageSize()).as("default").isEqualTo(5000);
    assertThat(seen(wire, s -> s.withPageSize(0)).pageSize()).as("off").isIn(-1, null);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void timestampIsTheClientsUnlessTheServerShallGiveIt(Wire wire) {
    assertThat(seen(wire, s -> s.withTimestamp(42)).timestamp()).isEqualTo(42);
    long before = System.currentTimeMillis() * 1000;
    assertThat(seen(wire, s -> s).timestamp()).isBetween(before - 1_000_000, before + 60_000_000);

    CqlOptions options = sessions.options(wire);
    options.getRequest().setTimestampGenerator(new PolicyOptions("server-side"));
    CqlSession session = sessions.connect(options);
    assertThat(seen(session, "server time " + wire, s -> s).timestamp()).isNull();
    Awaits.get(session.close());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void tracingFlagReachesTheServer(Wire wire) {
    assertThat(seen(wire, s -> s.withTracing(true)).tracing()).isTrue();
    assertThat(seen(wire, s -> s).tracing()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void payloadTravelsBothWaysFromV4On(Wire wire) {
    CqlSession session = sessions.on(wire);
    SimpleStatement statement =
        SimpleStatement.of(SELECT)
            .withPayload(
                Map.of(
                    "cqloop.echo", Buffer.buffer(), "color", Buffer.buffer(new byte[] {-54, -2})));
    if (!wire.isAtLeast(ProtocolVersion.V4)) {
      Awaits.failure(UnsupportedByProtocol.class, session.execute(statement));
      return;
    }
    RowSet rows = Awaits.get(session.execute(statement));

    Map<String, Buffer> payload = rows.executionInfo().payload();
    RecordedRequest echo = RecordedRequest.parse(payload.get("cqloop.echo").toString());
    assertThat(echo.cql()).isEqualTo(SELECT);
    assertThat(echo.payload()).containsEntry("color", "cafe");
    assertThat(rows.size()).isEqualTo(10);
    assertThat(Awaits.get(session.execute(SELECT)).executionInfo().payload()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void keyspaceOfTheRequestIsForV5(Wire wire) {
    CqlSession session = sessions.on(wire);
    SimpleStatement statement =
        SimpleStatement.of("SELECT k FROM elsewhere").withKeyspace(otherKeyspace);
    if (!wire.isAtLeast(ProtocolVersion.V5)) {
      UnsupportedByProtocol refused =
          Awaits.failure(UnsupportedByProtocol.class, session.execute(statement));
      assertThat(refused.version()).isEqualTo(wire.version());
      return;
    }
    assertThat(Awaits.get(session.execute(statement)).columns().names()).containsExactly("k");
    assertThat(
            Awaits.get(
                    session
                        .prepare(statement)
                        .compose(prepared -> session.execute(prepared.bind())))
                .size())
        .isZero();
    Awaits.get(
        session.execute(
            BatchStatement.logged(SimpleStatement.of("INSERT INTO elsewhere (k) VALUES (1)"))
                .withKeyspace(otherKeyspace)));
    assertThat(Awaits.get(session.execute(statement)).size()).isEqualTo(1);
    assertThat(session.keyspace()).isEqualTo(sessions.keyspace());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void nowInSecondsIsForV5(Wire wire) {
    CqlSession session = sessions.on(wire);
    int now = (int) (System.currentTimeMillis() / 1000);
    SimpleStatement insert =
        SimpleStatement.of("INSERT INTO t (p, c, v) VALUES (2, 0, 'short') USING TTL 1000")
            .withNowInSeconds(now);
    SimpleStatement later =
        SimpleStatement.of("SELECT v FROM t WHERE p = 2").withNowInSeconds(now + 2000);
    if (!wire.isAtLeast(ProtocolVersion.V5)) {
      Awaits.failure(UnsupportedByProtocol.class, session.execute(insert));
      return;
    }
    Awaits.get(session.execute(insert));
    assertThat(Awaits.get(session.execute(later)).size()).as("expired by then").isZero();
    assertThat(Awaits.get(session.execute(later.withNowInSeconds(now + 10))).size()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void timeoutEndsTheRequestAndNothingElse(Wire wire) {
    CqlSession session = sessions.on(wire);
    long start = System.nanoTime();
    RequestTimeout timeout =
        Awaits.failure(
            RequestTimeout.class,
            session.execute(
                SimpleStatement.of("/* cqloop:delay=700 */ " + SELECT)
                    .withTimeout(Duration.ofMillis(100))));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(650));
    assertThat(timeout.limit()).isEqualTo(Duration.ofMillis(100));
    assertThat(timeout.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(95));
    assertThat(timeout.mayHaveBeenExecuted()).isTrue();
    assertThat(timeout.waitingFor()).hasSize(1);
    // The late answer must not reach anybody else.
    for (int i = 0; i < 20; i++) {
      assertThat(Awaits.get(session.execute("SELECT v FROM t WHERE p = 1 AND c = ?", i % 10)))
          .extracting(row -> row.getString(0))
          .containsExactly("v" + i % 10);
    }
  }

  @Test
  void timeoutOfAnAttemptEndsWhatMayNotBeRepeated() {
    CqlSession session = sessions.on(Wire.V5);
    SimpleStatement slow = SimpleStatement.of("/* cqloop:delay=700 */ " + SELECT);
    RequestTimeout timeout =
        Awaits.failure(
            RequestTimeout.class, session.execute(slow.withAttemptTimeout(Duration.ofMillis(100))));
    assertThat(timeout.limit()).isEqualTo(Duration.ofMillis(100));
    RequestTimeout ofBatch =
        Awaits.failure(
            RequestTimeout.class,
            session.execute(
                BatchStatement.unlogged(
                        SimpleStatement.of(
                            "/* cqloop:delay=700 */ INSERT INTO t (p, c, v) VALUES (8, 0, 'x')"))
                    .withAttemptTimeout(Duration.ofMillis(90))));
    assertThat(ofBatch.limit()).isEqualTo(Duration.ofMillis(90));
    assertThat(Awaits.get(session.execute(slow.withAttemptTimeout(Duration.ZERO))).size())
        .isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void onlyIdempotentWritesAreRepeated(Wire wire) {
    CqlSession session = sessions.on(wire);
    String mark = "idempotent " + wire;
    SimpleStatement insert =
        SimpleStatement.of("INSERT INTO t (p, c, v) VALUES (3, 0, 'x') /* " + mark + " */");
    sessions.node().inject("write_timeout=BATCH_LOG,0,1", 1, mark);
    WriteTimeout timeout = Awaits.failure(WriteTimeout.class, session.execute(insert));
    assertThat(timeout.writeType()).isEqualTo("BATCH_LOG");
    sessions.node().inject("write_timeout=BATCH_LOG,0,1", 1, mark);
    RowSet done = Awaits.get(session.execute(insert.withIdempotent(true)));

    assertThat(done.executionInfo().failedAttempts()).hasSize(1);
    assertThat(done.executionInfo().failedAttempts().get(0).error())
        .isInstanceOf(WriteTimeout.class);
    List<RecordedRequest> seen = sessions.node().requests(mark);
    assertThat(seen).hasSize(3);
    assertThat(seen.get(1).timestamp())
        .as("repeating a write writes the same cell")
        .isEqualTo(seen.get(2).timestamp());
  }

  @Test
  void profilesGiveWhatTheStatementLeavesOpen() {
    CqlOptions options =
        sessions
            .options()
            .setDefaultProfile(
                ProfileOptions.complete().setConsistency(Consistency.QUORUM).setPageSize(11))
            .addProfile("reports", new ProfileOptions().setConsistency(Consistency.ALL));
    CqlSession session = sessions.connect(options);

    RecordedRequest plain = seen(session, "profile-plain", s -> s);
    assertThat(plain.consistency()).isEqualTo("QUORUM");
    assertThat(plain.pageSize()).isEqualTo(11);
    RecordedRequest named = seen(session, "profile-named", s -> s.withProfile("reports"));
    assertThat(named.consistency()).isEqualTo("ALL");
    assertThat(named.pageSize()).isEqualTo(11);
    RecordedRequest viewed = seen(session.withProfile("reports"), "profile-view", s -> s);
    assertThat(viewed.consistency()).isEqualTo("ALL");
    RecordedRequest own =
        seen(
            session.withProfile("reports"), "profile-own", s -> s.withConsistency(Consistency.ONE));
    assertThat(own.consistency()).isEqualTo("ONE");
    assertThatThrownBy(() -> session.withProfile("report"))
        .isInstanceOf(ProfileNotFound.class)
        .hasMessageContaining("reports");
    Awaits.get(session.close());
  }

  @Test
  void nodeOfTheStatementIsTheOnlyOneTried() {
    CqlSession session = sessions.on(Wire.V4);
    String endpoint = session.topology().nodes().iterator().next().endpoint();
    assertThat(Awaits.get(session.execute(SimpleStatement.of(SELECT).withNode(endpoint))).size())
        .isEqualTo(10);
    NoNodeAvailable none =
        Awaits.failure(
            NoNodeAvailable.class,
            session.execute(SimpleStatement.of(SELECT).withNode("192.0.2.1:9042")));
    assertThat(none.reasons()).containsOnlyKeys("192.0.2.1:9042");
  }

  private static RecordedRequest seen(Wire wire, UnaryOperator<SimpleStatement> change) {
    return seen(sessions.on(wire), "settings " + wire + " " + System.nanoTime(), change);
  }

  private static RecordedRequest seen(
      CqlSession session, String mark, UnaryOperator<SimpleStatement> change) {
    Statement<?> statement = change.apply(SimpleStatement.of(SELECT + " /* " + mark + " */"));
    Awaits.get(session.execute(statement));
    List<RecordedRequest> seen = sessions.node().requests(mark);
    assertThat(seen).hasSize(1);
    return seen.get(0);
  }
}
