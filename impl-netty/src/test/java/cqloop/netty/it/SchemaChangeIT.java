package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BoundStatement;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.ProtocolVersion;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.error.InvalidQuery;
import cqloop.error.ServerException;
import cqloop.error.Unprepared;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.RecordedRequest;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.UdtValue;
import cqloop.type.UserType;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to prepared statements when the schema changes, or a node forgets them. */
@CassandraTest
class SchemaChangeIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V5_LZ4"})
  void addedColumnsNeverShiftTheOthers(Wire wire) {
    CqlSession session = sessions.on(wire);
    String table = table("added", wire, "k int PRIMARY KEY, b text, d int");
    Awaits.get(session.execute("INSERT INTO " + table + " (k, b, d) VALUES (1, 'bee', 4)"));
    PreparedStatement prepared = Awaits.get(session.prepare("SELECT * FROM " + table));
    BoundStatement bound = prepared.bind();
    assertThat(Awaits.get(session.execute(bound)).columns().names()).containsExactly("k", "b", "d");

    Awaits.get(session.execute("ALTER TABLE " + table + " ADD a double"));
    Awaits.get(session.execute("ALTER TABLE " + table + " ADD c text"));
    Awaits.get(session.execute("UPDATE " + table + " SET a = 1.5, c = 'sea' WHERE k = 1"));
    for (int i = 0; i < 3; i++) {
      Row row = Awaits.get(session.execute(bound)).first();
      assertThat(row.getString("b")).isEqualTo("bee");
      assertThat(row.getInt("d")).isEqualTo(4);
      if (row.columns().indexOf("a") >= 0) {
        assertThat(row.getDouble("a")).isEqualTo(1.5);
        assertThat(row.getString("c")).isEqualTo("sea");
      }
      if (wire.isAtLeast(ProtocolVersion.V5)) {
        assertThat(row.columns().names()).containsExactly("k", "a", "b", "c", "d");
        assertThat(prepared.resultColumns().names()).containsExactly("k", "a", "b", "c", "d");
      }
    }
    Row fresh = Awaits.get(session.execute("SELECT * FROM " + table)).first();
    assertThat(fresh.toList()).containsExactly(1, 1.5, "bee", "sea", 4);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void droppedColumnsNeverShiftTheOthers(Wire wire) {
    CqlSession session = sessions.on(wire);
    String table = table("dropped", wire, "k int PRIMARY KEY, a double, b text, c int");
    Awaits.get(session.execute("INSERT INTO " + table + " (k, a, b, c) VALUES (1, 1.5, 'b', 3)"));
    PreparedStatement all = Awaits.get(session.prepare("SELECT * FROM " + table));
    PreparedStatement one = Awaits.get(session.prepare("SELECT a, c FROM " + table));
    Awaits.get(session.execute(all.bind()));
    Awaits.get(session.execute(one.bind()));
    Awaits.get(session.execute("ALTER TABLE " + table + " DROP a"));
    for (int i = 0; i < 2; i++) {
      RowSet rows = Awaits.get(session.execute(all.bind()));
      assertThat(rows.first().getString("b")).isEqualTo("b");
      assertThat(rows.first().getInt("c")).isEqualTo(3);
      Awaits.failure(ServerException.class, session.execute(one.bind()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void addedFieldsOfATypeNeverShiftTheOthers(Wire wire) {
    CqlSession session = sessions.on(wire);
    String type = "udt_" + wire.name().toLowerCase(Locale.ROOT);
    sessions.set("CREATE TYPE $ks." + type + " (a int, b text)");
    String table = table("typed", wire, "k int PRIMARY KEY, u frozen<" + type + ">, v int");
    PreparedStatement insert =
        Awaits.get(session.prepare("INSERT INTO " + table + " (k, u, v) VALUES (1, ?, 9)"));
    UserType before = (UserType) insert.variables().get(0).type();
    Awaits.get(session.execute(insert.bind(UdtValue.of(before, 1, "one"))));
    PreparedStatement select = Awaits.get(session.prepare("SELECT u, v FROM " + table));
    Awaits.get(session.execute(select.bind()));
    Awaits.get(session.execute("ALTER TYPE " + type + " ADD c int"));
    Awaits.get(session.execute("UPDATE " + table + " SET u = {a: 1, b: 'two', c: 3} WHERE k = 1"));
    for (int i = 0; i < 2; i++) {
      Row row = Awaits.get(session.execute(select.bind())).first();
      assertThat(row.getUdt("u").get("b")).isEqualTo("two");
      assertThat(row.getInt("v")).isEqualTo(9);
    }
    // A value of the type as it was is still good: the new field stays null.
    Awaits.get(session.execute(insert.bind(UdtValue.of(before, 4, "four"))));
    Row row = Awaits.get(session.execute("SELECT u FROM " + table)).first();
    assertThat(row.getUdt("u").get("b")).isEqualTo("four");
    assertThat(row.getUdt("u").isNull("c")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void alterWhileManyAreInFlight(Wire wire) {
    CqlSession session = sessions.on(wire);
    String table = table("flight", wire, "k int PRIMARY KEY, b text");
    Awaits.get(session.execute("INSERT INTO " + table + " (k, b) VALUES (1, 'bee')"));
    PreparedStatement prepared = Awaits.get(session.prepare("SELECT * FROM " + table));
    List<Future<RowSet>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(session.execute(prepared.bind()));
      if (i % 100 == 50) {
        all.add(session.execute("ALTER TABLE " + table + " ADD a" + i + " double"));
      }
    }
    for (Future<RowSet> one : all) {
      if (Awaits.outcome(one).failed()) {
        // The node forgot the statement again, just after it was prepared again.
        assertThat(one.cause()).isInstanceOf(Unprepared.class);
      } else if (one.result().size() > 0) {
        assertThat(one.result().first().getString("b")).isEqualTo("bee");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V5_LZ4"})
  void alterTypeWhileManyAreInFlight(Wire wire) {
    CqlSession session = sessions.on(wire);
    String type = "moving_" + wire.name().toLowerCase(Locale.ROOT);
    sessions.set("CREATE TYPE $ks." + type + " (a int, b text)");
    String table =
        table(
            "types",
            wire,
            "k int PRIMARY KEY, u frozen<%1$s>, l list<frozen<%1$s>>, m map<text, frozen<%1$s>>,"
                    .formatted(type)
                + " z int");
    String written = "{a: 1, b: 'one'}";
    Awaits.get(
        session.execute(
            "INSERT INTO %1$s (k, u, l, m, z) VALUES (1, %2$s, [%2$s, %2$s], {'x': %2$s}, 9)"
                .formatted(table, written)));
    PreparedStatement named =
        Awaits.get(session.prepare("SELECT u, l, m, z FROM " + table + " WHERE k = 1"));
    PreparedStatement star = Awaits.get(session.prepare("SELECT * FROM " + table));
    List<Future<RowSet>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(session.execute((i % 2 == 0 ? named : star).bind()));
      if (i % 60 == 30) {
        all.add(session.execute("ALTER TYPE " + type + " ADD f" + i + " double"));
      }
      if (i % 60 == 45) {
        // Values of the longer type: the driver may still know the shorter one.
        all.add(
            session.execute(
                "UPDATE "
                    + table
                    + " SET u = {a: 1, b: 'one', f"
                    + (i - 15)
                    + ": 2.5}"
                    + " WHERE k = 1"));
      }
    }
    int read = 0;
    for (Future<RowSet> one : all) {
      if (Awaits.outcome(one).failed()) {
        // The node forgot it again just after it was prepared again, or lacks the field yet.
        assertThat(one.cause()).isInstanceOfAny(Unprepared.class, InvalidQuery.class);
      } else if (one.result().size() > 0) {
        assertUnshifted(one.result().first());
        read++;
      }
    }
    // How many are refused meanwhile depends on the server; some must have been read in between.
    assertThat(read).as("rows that were read").isGreaterThan(20);
    Row last = Awaits.get(session.execute("SELECT u FROM " + table)).first();
    assertThat(last.getUdt("u").type().fieldNames()).contains("a", "b", "f30", "f270");
  }

  private static void assertUnshifted(Row row) {
    assertThat(row.getInt("z")).isEqualTo(9);
    List<UdtValue> values = new ArrayList<>(row.getList("l", UdtValue.class));
    assertThat(values).hasSize(2);
    values.add(row.getUdt("u"));
    values.add(row.getMap("m", String.class, UdtValue.class).get("x"));
    for (UdtValue value : values) {
      assertThat(value.get("a")).isEqualTo(1);
      assertThat(value.get("b")).isEqualTo("one");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void forgottenStatementIsPreparedAgainUnseen(Wire wire) {
    CqlSession session = sessions.on(wire);
    String table = table("forgotten", wire, "k int PRIMARY KEY, v int");
    Awaits.get(session.execute("INSERT INTO " + table + " (k, v) VALUES (1, 7)"));
    String cql = "SELECT v FROM " + table + " WHERE k = ?";
    BoundStatement bound = Awaits.get(session.prepare(cql)).bind(1);
    for (int round = 0; round < 2; round++) {
      sessions.node().dropPreparedStatements();
      List<Future<RowSet>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(session.execute(bound));
      }
      for (Future<RowSet> one : all) {
        RowSet rows = Awaits.get(one);
        assertThat(rows.first().getInt("v")).isEqualTo(7);
        assertThat(rows.executionInfo().failedAttempts()).as("it is no retry").isEmpty();
      }
    }
    assertThat(sessions.node().requests(cql))
        .extracting(RecordedRequest::kind)
        .contains("PREPARE", "EXECUTE");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void whatCannotBePreparedAgainFailsWithTheServersReason(Wire wire) {
    CqlSession session = sessions.on(wire);
    String table = table("gone", wire, "k int PRIMARY KEY, v int");
    PreparedStatement prepared = Awaits.get(session.prepare("SELECT v FROM " + table));
    Awaits.get(session.execute("DROP TABLE " + table));
    InvalidQuery error = Awaits.failure(InvalidQuery.class, session.execute(prepared.bind()));
    assertThat(error.serverMessage()).contains(table);
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void pagesOfOneResultSurviveAnAlter(Wire wire) {
    CqlSession session = sessions.on(wire);
    String table = table("pages", wire, "p int, c int, m text, PRIMARY KEY (p, c)");
    for (int c = 0; c < 20; c++) {
      Awaits.get(
          session.execute("INSERT INTO " + table + " (p, c, m) VALUES (1, ?, ?)", c, "m" + c));
    }
    PreparedStatement prepared = Awaits.get(session.prepare("SELECT * FROM " + table));
    RowSet page = Awaits.get(session.execute(prepared.bind().withPageSize(8)));
    Awaits.get(session.execute("ALTER TABLE " + table + " ADD a text"));
    int seen = 0;
    while (true) {
      for (Row row : page) {
        assertThat(row.getString("m")).isEqualTo("m" + row.getInt("c"));
        seen++;
      }
      if (!page.hasMorePages()) {
        break;
      }
      page = Awaits.get(page.nextPage());
    }
    assertThat(seen).isEqualTo(20);
  }

  private static String table(String name, Wire wire, String columns) {
    String table = name + "_" + wire.name().toLowerCase(Locale.ROOT);
    wire.assumeSpokenBy(sessions.line());
    sessions.set("CREATE TABLE $ks." + table + " (" + columns + ")");
    return table;
  }
}
