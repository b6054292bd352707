package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import cqloop.CqlSession;
import cqloop.ProtocolVersion;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.InvalidQuery;
import cqloop.error.SyntaxError;
import cqloop.error.UnsupportedByProtocol;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.ServerLine;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.PrimitiveType;
import cqloop.type.TypedValue;
import cqloop.type.Unset;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@CassandraTest
class SimpleStatementIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set(
        "CREATE TABLE $ks.t (k int PRIMARY KEY, txt text, big bigint, small smallint, tiny tinyint,"
            + " flt float, dbl double, flag boolean, bin blob, id uuid, dec decimal, var varint,"
            + " ip inet, d date, tm time, ts timestamp, l list<int>, s set<text>, m map<text, int>,"
            + " \"Mixed Case\" int)");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void writesAndReadsValuesByPosition(Wire wire) throws Exception {
    CqlSession session = sessions.on(wire);
    int k = 1000 + wire.ordinal();
    UUID id = UUID.randomUUID();
    Object[] values = {
      k,
      "tea, 茶",
      1L << 40,
      (short) -2,
      (byte) -3,
      1.5f,
      2.25d,
      true,
      Buffer.buffer(new byte[] {0, 1, -1}),
      id,
      new BigDecimal("-12.340"),
      BigInteger.TWO.pow(100),
      InetAddress.getByName("10.1.2.3"),
      LocalDate.of(1969, 2, 28),
      LocalTime.ofNanoOfDay(123456789),
      Instant.ofEpochMilli(-5),
      List.of(3, 1, 2),
      Set.of("a", "b"),
      Map.of("x", 1)
    };
    RowSet written =
        Awaits.get(
            session.execute(
                "INSERT INTO t (k, txt, big, small, tiny, flt, dbl, flag, bin, id, dec, var, ip, d,"
                    + " tm, ts, l, s, m) VALUES"
                    + " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values));

    assertThat(written.size()).isZero();
    assertThat(written.columns().size()).isZero();
    assertThat(written.first()).isNull();
    assertThat(written.wasApplied()).isTrue();
    RowSet read =
        Awaits.get(
            session.execute(
                "SELECT k, txt, big, small, tiny, flt, dbl, flag, bin, id, dec, var, ip, d, tm, ts,"
                    + " l, s, m FROM t WHERE k = ?",
                k));
    assertThat(read.size()).isEqualTo(1);
    assertThat(read.hasMorePages()).isFalse();
    assertThat(read.columns().names()).startsWith("k", "txt", "big").hasSize(19);
    assertThat(read.first().toList()).containsExactly(values);
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void writesValuesByName(Wire wire) {
    assumeFalse(
        sessions.line() == ServerLine.V6_0,
        "6.0-alpha2 takes values by place, whatever their names: ServerDefectsIT of testkit");
    CqlSession session = sessions.on(wire);
    int k = 2000 + wire.ordinal();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("TheText", "named");
    values.put("\"Exact\"", 7);
    values.put("k", k);
    Awaits.get(
        session.execute(
            SimpleStatement.of(
                    "INSERT INTO t (k, txt, \"Mixed Case\") VALUES (:k, :theText, :\"Exact\")")
                .withNamedValues(values)));

    Row row =
        Awaits.get(session.execute("SELECT txt, \"Mixed Case\" FROM t WHERE k = ?", k)).first();
    assertThat(row.getString("TXT")).isEqualTo("named");
    assertThat(row.getInt("\"Mixed Case\"")).isEqualTo(7);
    assertThatThrownBy(() -> row.getInt("\"mixed case\"")).hasMessageContaining("mixed case");
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void sendsTypedValuesAsTheirTypeAndNullsAsNull(Wire wire) {
    CqlSession session = sessions.on(wire);
    int k = 3000 + wire.ordinal();
    Awaits.get(
        session.execute(
            "INSERT INTO t (k, big, dec, var, flt, tiny, txt) VALUES (?, ?, ?, ?, ?, ?, ?)",
            k,
            TypedValue.of(PrimitiveType.BIGINT, 5),
            TypedValue.of(PrimitiveType.DECIMAL, new BigDecimal("1E+5")),
            TypedValue.of(PrimitiveType.VARINT, BigInteger.valueOf(-129)),
            TypedValue.of(PrimitiveType.FLOAT, 0.5f),
            TypedValue.of(PrimitiveType.TINYINT, (byte) 9),
            null));

    Row row =
        Awaits.get(session.execute("SELECT big, dec, var, flt, tiny, txt FROM t WHERE k = ?", k))
            .first();
    assertThat(row.getLong("big")).isEqualTo(5);
    assertThat(row.getBigDecimal("dec")).isEqualTo(new BigDecimal("1E+5"));
    assertThat(row.getBigInteger("var")).isEqualTo(BigInteger.valueOf(-129));
    assertThat(row.getFloat("flt")).isEqualTo(0.5f);
    assertThat(row.getByte("tiny")).isEqualTo((byte) 9);
    assertThat(row.isNull("txt")).isTrue();
    assertThat(row.getString("txt")).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void unsetLeavesTheColumnAsItIsFromV4On(Wire wire) {
    CqlSession session = sessions.on(wire);
    int k = 4000 + wire.ordinal();
    Awaits.get(session.execute("INSERT INTO t (k, txt) VALUES (?, ?)", k, "kept"));
    String update = "INSERT INTO t (k, txt, big) VALUES (?, ?, ?)";
    if (!wire.isAtLeast(ProtocolVersion.V4)) {
      Awaits.failure(UnsupportedByProtocol.class, session.execute(update, k, Unset.UNSET, 1L));
      return;
    }
    Awaits.get(session.execute(update, k, Unset.UNSET, 1L));

    Row row = Awaits.get(session.execute("SELECT txt, big FROM t WHERE k = ?", k)).first();
    assertThat(row.getString(0)).isEqualTo("kept");
    assertThat(row.getLong(1)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void serverRefusesWrongTextsAndCounts(Wire wire) {
    CqlSession session = sessions.on(wire);
    SyntaxError syntax = Awaits.failure(SyntaxError.class, session.execute("SELEC 1"));
    assertThat(syntax.serverMessage()).contains("SELEC");
    assertThat(syntax.mayHaveBeenExecuted()).isFalse();
    Awaits.failure(InvalidQuery.class, session.execute("SELECT * FROM t WHERE k = ?"));
    Awaits.failure(InvalidQuery.class, session.execute("SELECT * FROM t WHERE k = ?", 1, 2));
    Awaits.failure(InvalidQuery.class, session.execute("SELECT * FROM no_such_table"));
    Map<String, Object> misnamed = new HashMap<>();
    misnamed.put("other", 1);
    Awaits.failure(
        InvalidQuery.class,
        session.execute(
            SimpleStatement.of("SELECT * FROM t WHERE k = :k").withNamedValues(misnamed)));
    // The connection serves on.
    assertThat(Awaits.get(session.execute("SELECT k FROM t WHERE k = ?", -1)).size()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void oneStatementServesManyExecutionsWithOtherValues(Wire wire) {
    CqlSession session = sessions.on(wire);
    int k = 5000 + wire.ordinal() * 10;
    SimpleStatement insert = SimpleStatement.of("INSERT INTO t (k, txt) VALUES (?, ?)");
    for (int i = 0; i < 3; i++) {
      Awaits.get(session.execute(insert.withValues(Arrays.asList(k + i, "v" + i))));
    }
    RowSet rows =
        Awaits.get(session.execute("SELECT txt FROM t WHERE k IN (?, ?, ?)", k, k + 1, k + 2));
    assertThat(rows.all()).extracting(row -> row.getString(0)).containsExactly("v0", "v1", "v2");
    assertThat(rows).as("may be iterated again").hasSize(3).hasSize(3);
  }
}
