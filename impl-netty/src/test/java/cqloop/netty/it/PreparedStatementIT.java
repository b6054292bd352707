package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.BoundStatement;
import cqloop.Consistency;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.ProtocolVersion;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.CodecFailed;
import cqloop.error.InvalidQuery;
import cqloop.error.SyntaxError;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.RecordedRequest;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.PrimitiveType;
import cqloop.type.Unset;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@CassandraTest
class PreparedStatementIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set(
        "CREATE TABLE $ks.t (k int PRIMARY KEY, a text, b text, \"C\" int, big bigint,"
            + " l list<text>)");
    sessions.set(
        "CREATE TABLE $ks.pair (p1 int, p2 text, c int, v int, PRIMARY KEY ((p1, p2), c))");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void bindsByIndexListMapAndBinder(Wire wire) {
    CqlSession session = sessions.on(wire);
    int k = 1000 + wire.ordinal() * 10;
    PreparedStatement insert =
        Awaits.get(session.prepare("INSERT INTO t (k, a, \"C\", l) VALUES (?, ?, ?, ?)"));
    Awaits.get(session.execute(insert.bind(k, "index", 1, List.of("x"))));
    Awaits.get(session.execute(insert.bind(Arrays.asList(k + 1, "list", null, List.of("y")))));
    Awaits.get(
        session.execute(
            insert.bind(Map.of("k", k + 2, "a", "map", "\"C\"", 3, "l", List.of("z")))));
    Awaits.get(
        session.execute(
            insert
                .binder()
                .setInt(0, k + 3)
                .setString("a", "binder")
                .setNull("\"C\"")
                .set("L", List.of())
                .bind()));

    PreparedStatement select =
        Awaits.get(session.prepare("SELECT a, \"C\", l FROM t WHERE k IN (?, ?, ?, ?)"));
    RowSet rows = Awaits.get(session.execute(select.bind(k, k + 1, k + 2, k + 3)));
    assertThat(rows.all())
        .extracting(row -> row.getString("a"), row -> row.get("\"C\""), row -> row.get("l"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("index", 1, List.of("x")),
            org.assertj.core.groups.Tuple.tuple("list", null, List.of("y")),
            org.assertj.core.groups.Tuple.tuple("map", 3, List.of("z")),
            org.assertj.core.groups.Tuple.tuple("binder", null, null));
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void describesVariablesResultAndPartitionKey(Wire wire) {
    CqlSession session = sessions.on(wire);
    PreparedStatement prepared =
        Awaits.get(session.prepare("SELECT v, c FROM pair WHERE c = ? AND p2 = ? AND p1 = ?"));

    assertThat(prepared.cql()).startsWith("SELECT v, c");
    assertThat(prepared.id().length()).isEqualTo(16);
    assertThat(prepared.variables().names()).containsExactly("c", "p2", "p1");
    assertThat(prepared.variables().get(1).type()).isEqualTo(PrimitiveType.TEXT);
    assertThat(prepared.resultColumns().names()).containsExactly("v", "c");
    // native_protocol_v4.spec, 4.2.5.4: pk_index is new in v4.
    assertThat(prepared.partitionKeyIndices())
        .containsExactly(wire.isAtLeast(ProtocolVersion.V4) ? new int[] {2, 1} : new int[0]);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void oneNameMayStandForSeveralMarkers(Wire wire) {
    CqlSession session = sessions.on(wire);
    int k = 2000 + wire.ordinal();
    PreparedStatement insert =
        Awaits.get(session.prepare("INSERT INTO t (k, a, b) VALUES (:k, :v, :v)"));
    Awaits.get(session.execute(insert.bind(Map.of("k", k, "v", "twice"))));
    Row row = textsOf(session, k);
    assertThat(row.getString("a")).isEqualTo("twice");
    assertThat(row.getString("b")).isEqualTo("twice");

    Awaits.get(session.execute(insert.binder().setInt("k", k).setString("v", "again").bind()));
    row = textsOf(session, k);
    assertThat(row.toList()).containsExactly("again", "again");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void quotedNamesAreTakenExactly(Wire wire) {
    CqlSession session = sessions.on(wire);
    int k = 3000 + wire.ordinal();
    PreparedStatement insert =
        Awaits.get(session.prepare("INSERT INTO t (k, \"C\", a) VALUES (:\"K\", :\"C\", :c)"));
    Awaits.get(session.execute(insert.bind(Map.of("\"K\"", k, "\"C\"", 8, "c", "lower"))));

    Row row = Awaits.get(session.execute("SELECT a, \"C\" FROM t WHERE k = ?", k)).first();
    assertThat(row.toList()).containsExactly("lower", 8);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void whatIsNotBoundIsUnsetFromV4OnAndAnErrorBefore(Wire wire) {
    CqlSession session = sessions.on(wire);
    int k = 4000 + wire.ordinal();
    PreparedStatement insert =
        Awaits.get(session.prepare("INSERT INTO t (k, a, b) VALUES (?,?,?)"));
    Awaits.get(session.execute(insert.bind(k, "a0", "b0")));
    if (!wire.isAtLeast(ProtocolVersion.V4)) {
      assertThatThrownBy(() -> insert.bind(k, Unset.UNSET, "b1"))
          .isInstanceOf(CodecFailed.class)
          .hasMessageContainingAll("'a'", "v4");
      assertThatThrownBy(() -> insert.binder().setInt(0, k).bind())
          .isInstanceOf(CodecFailed.class)
          .hasMessageContainingAll("'a'", "v4");
      return;
    }
    Awaits.get(session.execute(insert.bind(k, Unset.UNSET, "b1")));
    Awaits.get(session.execute(insert.binder().setInt("k", k).unset("b").bind()));
    Row row = textsOf(session, k);
    assertThat(row.toList()).containsExactly("a0", "b1");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void refusesWrongTypesCountsAndNamesAtBindTime(Wire wire) {
    PreparedStatement insert =
        Awaits.get(sessions.on(wire).prepare("INSERT INTO t (k, a, big) VALUES (?, ?, ?)"));

    assertThatThrownBy(() -> insert.bind("no number", "a", 1L))
        .isInstanceOf(CodecFailed.class)
        .hasMessageContainingAll("k", "int", "String")
        .hasMessageNotContaining("no number");
    assertThatThrownBy(() -> insert.bind(1, "a", 1L, "too many"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> insert.bind(Map.of("k", 1, "aa", "x")))
        .isInstanceOf(java.util.NoSuchElementException.class)
        .hasMessageContaining("aa");
    assertThatThrownBy(() -> insert.binder().setInt(9, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void aTextIsPreparedOnceHoweverOftenItIsAsked(Wire wire) {
    CqlSession session = sessions.on(wire);
    String cql = "SELECT a FROM t WHERE k = ? /* once " + wire + " */";
    List<Future<PreparedStatement>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(session.prepare(cql));
    }
    Awaits.get(Future.all(asked));
    Awaits.get(session.prepare(cql));

    assertThat(sessions.node().requests("once " + wire))
        .extracting(RecordedRequest::kind)
        .containsExactly("PREPARE");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void settingsOfTheTextAreThoseOfWhatIsBound(Wire wire) {
    CqlSession session = sessions.on(wire);
    String mark = "settings " + wire;
    SimpleStatement text =
        SimpleStatement.of("SELECT a FROM t WHERE k = ? /* " + mark + " */")
            .withConsistency(Consistency.QUORUM)
            .withPageSize(17);
    PreparedStatement prepared = Awaits.get(session.prepare(text));
    BoundStatement bound = prepared.bind(1);
    Awaits.get(session.execute(bound));
    Awaits.get(session.execute(bound.withPageSize(3)));

    assertThat(sessions.node().requests(mark).stream().filter(r -> r.kind().equals("EXECUTE")))
        .extracting(RecordedRequest::consistency, RecordedRequest::pageSize)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("QUORUM", 17),
            org.assertj.core.groups.Tuple.tuple("QUORUM", 3));
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void boundStatementsMayBeExecutedAgainAndAtOnce(Wire wire) {
    CqlSession session = sessions.on(wire);
    int k = 6000 + wire.ordinal();
    Awaits.get(session.execute("INSERT INTO t (k, a) VALUES (?, ?)", k, "same"));
    BoundStatement bound = Awaits.get(session.prepare("SELECT a FROM t WHERE k = ?")).bind(k);
    List<Future<RowSet>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(session.execute(bound));
    }
    for (Future<RowSet> one : all) {
      assertThat(Awaits.get(one).first().getString("a")).isEqualTo("same");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void failedPrepareIsReportedAndNotKept(Wire wire) {
    CqlSession session = sessions.on(wire);
    Awaits.failure(SyntaxError.class, session.prepare("SELEC a"));
    String cql = "SELECT a FROM late_" + wire + " WHERE k = ?";
    Awaits.failure(InvalidQuery.class, session.prepare(cql));
    Awaits.get(session.execute("CREATE TABLE late_" + wire + " (k int PRIMARY KEY, a text)"));
    assertThat(Awaits.get(session.prepare(cql)).variables().size()).isEqualTo(1);
  }

  private static Row textsOf(CqlSession session, int k) {
    return Awaits.get(session.execute("SELECT a, b FROM t WHERE k = ?", k)).first();
  }
}
