package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.error.NullValue;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.ServerLine;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.DataType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.TupleType;
import cqloop.type.TupleValue;
import cqloop.type.UdtValue;
import cqloop.type.UserType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Round trips of every CQL type through a real node, alone and within all that holds types. */
@CassandraTest
class TypesIT {

  private static final String LIST = "l";
  private static final String SET = "s";
  private static final String MAP = "m";
  private static final String TUPLE = "t";
  private static final String DEEP = "d";

  private static Sessions sessions;
  private static List<Samples> samples;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    samples = Samples.of(cluster.line());
    StringBuilder scalars = new StringBuilder("CREATE TABLE $ks.scalars (k int PRIMARY KEY");
    StringBuilder nested = new StringBuilder("CREATE TABLE $ks.nested (k int PRIMARY KEY");
    for (Samples one : samples) {
      String cql = one.type().cql();
      scalars.append(", ").append(one.column("c")).append(' ').append(cql);
      column(nested, one, LIST, "list<" + cql + ">");
      column(nested, one, TUPLE, "frozen<tuple<" + cql + ", int, " + cql + ">>");
      column(
          nested,
          one,
          DEEP,
          "map<text, frozen<list<frozen<tuple<" + cql + ", frozen<list<" + cql + ">>>>>>>");
      if (one.isOrdered()) {
        column(nested, one, SET, "frozen<set<" + cql + ">>");
        column(nested, one, MAP, "map<" + cql + ", " + cql + ">");
      }
    }
    sessions.set(scalars.append(")").toString());
    sessions.set(nested.append(")").toString());
    sessions.set("CREATE TYPE $ks.street (name text, \"No\" int)");
    sessions.set(
        "CREATE TYPE $ks.address (street frozen<street>, codes frozen<map<text, frozen<list<int>>>>,"
            + " zip text)");
    sessions.set(
        "CREATE TABLE $ks.people (k int PRIMARY KEY, home frozen<address>, open address,"
            + " all list<frozen<address>>, by_name map<text, frozen<tuple<int, frozen<street>>>>)");
    sessions.set("CREATE TABLE $ks.counters (k int PRIMARY KEY, n counter)");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void scalarsComeBackAsTheyWent(Wire wire) {
    CqlSession session = sessions.on(wire);
    for (Samples one : samples) {
      for (Object value : one.values()) {
        assertThat(roundTrip(session, "scalars", one.column("c"), value))
            .as("%s %s", one.type().cql(), value)
            .isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void nullIsNotZero(Wire wire) {
    CqlSession session = sessions.on(wire);
    for (Samples one : samples) {
      PreparedStatement insert =
          Awaits.get(
              session.prepare("INSERT INTO scalars (k, " + one.column("c") + ") VALUES (1, ?)"));
      Awaits.get(session.execute(insert.bind(one.first())));
      Awaits.get(session.execute(insert.bind((Object) null)));
      Row row =
          Awaits.get(session.execute("SELECT " + one.column("c") + " FROM scalars WHERE k = 1"))
              .first();
      assertThat(row == null || row.isNull(0)).as(one.type().cql()).isTrue();
    }
    Row row =
        Awaits.get(session.execute("SELECT c_int, c_boolean FROM scalars WHERE k = ?", 1)).first();
    assertThat(row).isNotNull();
    assertThatThrownBy(() -> row.getInt("c_int")).isInstanceOf(NullValue.class);
    assertThatThrownBy(() -> row.getBoolean("c_boolean")).isInstanceOf(NullValue.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void emptyIsNotNull(Wire wire) {
    CqlSession session = sessions.on(wire);
    boolean newNames = sessions.line().atLeast(ServerLine.V5_0);
    String asInt = newNames ? "blob_as_int(0x)" : "blobAsInt(0x)";
    Awaits.get(
        session.execute(
            "INSERT INTO scalars (k, c_text, c_blob, c_int) VALUES (2, '', 0x, " + asInt + ")"));
    Row row =
        Awaits.get(session.execute("SELECT c_text, c_blob, c_int, c_date FROM scalars WHERE k = 2"))
            .first();
    assertThat(row.getString("c_text")).isEmpty();
    assertThat(row.isEmpty("c_text")).isTrue();
    assertThat(row.getBytes("c_blob")).isEmpty();
    assertThat(row.isEmpty("c_int")).isTrue();
    assertThat(row.isNull("c_int")).isFalse();
    assertThat(row.get("c_int")).isNull();
    assertThat(row.isNull("c_date")).isTrue();
    assertThat(row.isEmpty("c_date")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V5_LZ4"})
  void everyTypeWithinCollectionsAndTuples(Wire wire) {
    CqlSession session = sessions.on(wire);
    for (Samples one : samples) {
      Object a = one.first();
      Object b = one.second();
      check(session, one, LIST, List.of(b, a, b));
      TupleType tuple = TupleType.of(one.type(), PrimitiveType.INT, one.type());
      check(session, one, TUPLE, TupleValue.of(tuple, a, 7, b));
      check(session, one, TUPLE, TupleValue.of(tuple, null, null, b));
      TupleType inner = TupleType.of(one.type(), new ListType(one.type()));
      check(
          session,
          one,
          DEEP,
          Map.of(
              "x",
              List.of(
                  TupleValue.of(inner, a, List.of(a, b)), TupleValue.of(inner, null, List.of())),
              "y",
              List.of()));
      if (one.isOrdered()) {
        check(session, one, SET, Set.of(a, b));
        check(session, one, MAP, Map.of(a, b, b, a));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void emptyCollectionsAreNullUnlessFrozen(Wire wire) {
    CqlSession session = sessions.on(wire);
    assertThat(roundTrip(session, "nested", "l_int", List.of())).isNull();
    assertThat(roundTrip(session, "nested", "s_int", Set.of())).isEqualTo(Set.of());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V3_SNAPPY"})
  void userTypesAtAnyDepth(Wire wire) {
    CqlSession session = sessions.on(wire);
    PreparedStatement insert =
        Awaits.get(
            session.prepare(
                "INSERT INTO people (k, home, open, all, by_name) VALUES (?, ?, ?, ?, ?)"));
    UserType address = (UserType) insert.variables().get(1).type();
    UserType street = (UserType) address.fieldTypes().get(0);
    assertThat(address.fieldNames()).containsExactly("street", "codes", "zip");
    assertThat(street.fieldNames()).containsExactly("name", "No");
    assertThat(street.keyspace()).isEqualTo(sessions.keyspace());
    UdtValue main = UdtValue.of(street, "Main St", 5);
    UdtValue home = UdtValue.of(address, main, Map.of("a", List.of(1, 2)), "12345");
    UdtValue partial = UdtValue.of(address).with("zip", "only");
    TupleType pair = (TupleType) ((MapType) insert.variables().get(4).type()).value();
    TupleValue tuple = TupleValue.of(pair, 3, main.with("\"No\"", null));
    Awaits.get(
        session.execute(
            insert.bind(
                wire.ordinal(), home, partial, List.of(home, partial), Map.of("t", tuple))));

    Row row =
        Awaits.get(session.execute("SELECT * FROM people WHERE k = ?", wire.ordinal())).first();
    assertThat(row.getUdt("home")).isEqualTo(home);
    assertThat(row.getUdt("home").get("street", UdtValue.class).get("name")).isEqualTo("Main St");
    assertThat(row.getUdt("open").get("zip")).isEqualTo("only");
    assertThat(row.getUdt("open").isNull("street")).isTrue();
    assertThat(row.getList("all", UdtValue.class)).containsExactly(home, partial);
    assertThat(row.getMap("by_name", String.class, TupleValue.class)).containsEntry("t", tuple);
    // One field of a type that is not frozen may be written alone.
    Awaits.get(
        session.execute("UPDATE people SET open.zip = ? WHERE k = ?", "new", wire.ordinal()));
    row =
        Awaits.get(session.execute("SELECT open FROM people WHERE k = ?", wire.ordinal())).first();
    assertThat(row.getUdt("open").get("zip", String.class)).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void parsedInsteadOfPreparedTheTypesAreDescribedInFull(Wire wire) {
    CqlSession session = sessions.on(wire);
    Awaits.get(
        session.execute(
            "INSERT INTO people (k, home, by_name) VALUES (50, {street: {name: 's', \"No\": 1},"
                + " codes: {'x': [1, 2]}, zip: 'z'}, {'n': (1, {name: 't', \"No\": 2})})"));
    Row row = Awaits.get(session.execute("SELECT home, by_name FROM people WHERE k = 50")).first();
    DataType type = row.columns().get(0).type();
    assertThat(type.cql()).isEqualTo(sessions.keyspace() + ".address");
    assertThat(row.getUdt("home").get("codes")).isEqualTo(Map.of("x", List.of(1, 2)));
    assertThat(row.toJson().getJsonObject("home").getJsonObject("street").getInteger("No"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void countersCountUpAndDown(Wire wire) {
    CqlSession session = sessions.on(wire);
    int k = wire.ordinal();
    PreparedStatement add =
        Awaits.get(session.prepare("UPDATE counters SET n = n + ? WHERE k = ?"));
    Awaits.get(session.execute(add.bind(1L << 40, k)));
    Awaits.get(session.execute(add.bind(-1L, k)));
    Row row = Awaits.get(session.execute("SELECT n FROM counters WHERE k = ?", k)).first();
    assertThat(row.columns().get(0).type()).isEqualTo(PrimitiveType.COUNTER);
    assertThat(row.getLong("n")).isEqualTo((1L << 40) - 1);
    assertThat(row.get("n")).isEqualTo((1L << 40) - 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void staticReversedAndClusteringColumnsAreTransparent(Wire wire) {
    CqlSession session = sessions.on(wire);
    String table = "reversed_" + wire;
    Awaits.get(
        session.execute(
            "CREATE TABLE "
                + table
                + " (p int, c timestamp, s text STATIC, v frozen<list<text>>, PRIMARY KEY (p, c))"
                + " WITH CLUSTERING ORDER BY (c DESC)"));
    PreparedStatement insert =
        Awaits.get(session.prepare("INSERT INTO " + table + " (p, c, s, v) VALUES (1, ?, ?, ?)"));
    for (int i = 0; i < 3; i++) {
      Awaits.get(
          session.execute(insert.bind(java.time.Instant.ofEpochMilli(i), "s" + i, List.of("v"))));
    }
    List<Row> rows = Awaits.get(session.execute("SELECT c, s, v FROM " + table)).all();
    assertThat(rows)
        .extracting(row -> row.getInstant("c").toEpochMilli())
        .containsExactly(2L, 1L, 0L);
    assertThat(rows).extracting(row -> row.getString("s")).containsOnly("s2");
    assertThat(rows.get(0).columns().get(0).type()).isEqualTo(PrimitiveType.TIMESTAMP);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void keysOfEveryTypeWorkInPartitionAndClusteringKey(Wire wire) {
    CqlSession session = sessions.on(wire);
    List<String> parts = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    for (Samples one : samples) {
      if (one.isOrdered()) {
        parts.add(one.column("k"));
        values.put(one.column("k"), one.second());
      }
    }
    StringBuilder create = new StringBuilder("CREATE TABLE keys_" + wire + " (");
    for (Samples one : samples) {
      if (one.isOrdered()) {
        create.append(one.column("k")).append(' ').append(one.type().cql()).append(", ");
      }
    }
    int half = parts.size() / 2;
    create
        .append("v int, PRIMARY KEY ((")
        .append(String.join(", ", parts.subList(0, half)))
        .append("), ")
        .append(String.join(", ", parts.subList(half, parts.size())))
        .append("))");
    Awaits.get(session.execute(create.toString()));
    String names = String.join(", ", parts);
    String markers = String.join(", ", parts.stream().map(name -> ":" + name).toList());
    PreparedStatement insert =
        Awaits.get(
            session.prepare(
                "INSERT INTO keys_" + wire + " (" + names + ", v) VALUES (" + markers + ", 5)"));
    Awaits.get(session.execute(insert.bind(values)));
    String where = String.join(" AND ", parts.stream().map(name -> name + " = :" + name).toList());
    PreparedStatement select =
        Awaits.get(session.prepare("SELECT v FROM keys_" + wire + " WHERE " + where));
    assertThat(Awaits.get(session.execute(select.bind(values))).first().getInt("v")).isEqualTo(5);
  }

  private static void check(CqlSession session, Samples one, String prefix, Object value) {
    assertThat(roundTrip(session, "nested", one.column(prefix), value))
        .as("%s of %s: %s", prefix, one.type().cql(), value)
        .isEqualTo(value);
  }

  private static Object roundTrip(CqlSession session, String table, String column, Object value) {
    PreparedStatement insert =
        Awaits.get(session.prepare("INSERT INTO " + table + " (k, " + column + ") VALUES (9, ?)"));
    PreparedStatement select =
        Awaits.get(session.prepare("SELECT " + column + " FROM " + table + " WHERE k = 9"));
    Awaits.get(session.execute(insert.bind(Arrays.asList(value))));
    return Awaits.get(session.execute(select.bind())).first().get(0);
  }

  private static void column(StringBuilder table, Samples one, String prefix, String type) {
    table.append(", ").append(one.column(prefix)).append(' ').append(type);
  }
}
