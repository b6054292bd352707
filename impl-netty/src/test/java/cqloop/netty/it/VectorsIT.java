package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.error.CodecFailed;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.ServerLine;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.PrimitiveType;
import cqloop.type.VectorType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors, from 5.0 on: each element type, alone and within other types. */
@CassandraTest
class VectorsIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    assumeTrue(cluster.line().atLeast(ServerLine.V5_0), "no vectors before 5.0");
    sessions = new Sessions(cluster, keyspace);
    StringBuilder table =
        new StringBuilder(
            "CREATE TABLE $ks.v (k int PRIMARY KEY, f vector<float, 3>, fl list<frozen<vector<float,"
                + " 2>>>, vv vector<frozen<vector<text, 2>>, 2>, vl vector<frozen<list<int>>, 2>");
    for (Samples one : Samples.of(cluster.line())) {
      table.append(", ").append(one.column("c")).append(" vector<").append(one.type().cql());
      table.append(", 2>");
    }
    sessions.set(table.append(")").toString());
    sessions.set("CREATE INDEX near ON $ks.v (f) USING 'sai'");
  }

  @AfterAll
  static void close() {
    if (sessions != null) {
      sessions.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void floatsAreAnArray(Wire wire) {
    CqlSession session = sessions.on(wire);
    PreparedStatement insert = Awaits.get(session.prepare("INSERT INTO v (k, f) VALUES (?, ?)"));
    assertThat(insert.variables().get(1).type()).isEqualTo(new VectorType(PrimitiveType.FLOAT, 3));
    int k = wire.ordinal();
    Awaits.get(session.execute(insert.bind(k, new float[] {1, -2.5f, 0.25f})));
    Row row = Awaits.get(session.execute("SELECT f FROM v WHERE k = ?", k)).first();
    assertThat(row.getVector("f")).containsExactly(1, -2.5f, 0.25f);
    assertThat(row.get("f", new cqloop.type.GenericType<List<Float>>() {}))
        .containsExactly(1f, -2.5f, 0.25f);
    assertThatThrownBy(() -> insert.bind(k, new float[] {1}))
        .isInstanceOf(CodecFailed.class)
        .hasMessageContaining("3");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void elementsOfEveryTypeAndVectorsWithinTypes(Wire wire) {
    CqlSession session = sessions.on(wire);
    for (Samples one : Samples.of(sessions.line())) {
      check(session, one.column("c"), Arrays.asList(one.first(), one.second()));
    }
    check(session, "fl", List.of(List.of(1f, 2f), List.of(3f, 4f)));
    check(session, "vv", List.of(List.of("a", ""), List.of("", "longer text")));
    check(session, "vl", List.of(List.of(1, 2, 3), List.of()));
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void nearestNeighbours(Wire wire) {
    CqlSession session = sessions.on(wire);
    Awaits.get(session.execute("TRUNCATE v"));
    PreparedStatement insert = Awaits.get(session.prepare("INSERT INTO v (k, f) VALUES (?, ?)"));
    for (int k = 1; k <= 5; k++) {
      Awaits.get(session.execute(insert.bind(k, new float[] {k, 1, 0})));
    }
    PreparedStatement near =
        Awaits.get(
            session.prepare(
                "SELECT k, similarity_cosine(f, ?) FROM v ORDER BY f ANN OF ? LIMIT 2"));
    float[] target = {5, 1, 0};
    List<Row> rows = Awaits.get(session.execute(near.bind(target, target))).all();
    assertThat(rows).extracting(row -> row.getInt("k")).containsExactly(5, 4);
    assertThat(rows.get(0).getFloat(1)).isGreaterThan(0.99f);
  }

  private static void check(CqlSession session, String column, List<?> value) {
    PreparedStatement insert =
        Awaits.get(session.prepare("INSERT INTO v (k, " + column + ") VALUES (77, ?)"));
    Awaits.get(session.execute(insert.bind(Arrays.asList((Object) value))));
    Object read =
        Awaits.get(session.execute("SELECT " + column + " FROM v WHERE k = 77")).first().get(0);
    Object comparable = read instanceof float[] floats ? List.of(floats[0], floats[1]) : read;
    assertThat(comparable).as(column).isEqualTo(value);
  }
}
