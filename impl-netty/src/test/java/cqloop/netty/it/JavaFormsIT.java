package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.error.CodecFailed;
import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import cqloop.type.TimeUuids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows as records, maps and JSON; enums, optionals and codecs of users. */
@CassandraTest
class JavaFormsIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set(
        "CREATE TABLE $ks.orders (id int PRIMARY KEY, day_name text, currency text, amount bigint,"
            + " tags list<text>, doc text, at timeuuid, codes list<text>)");
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  record Order(int id, String dayName, Long amount, List<String> tags) {}

  record Other(int id, String missing) {}

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void rowsAsRecordMapListAndJson(Wire wire) {
    CqlSession session = sessions.on(wire);
    Awaits.get(
        session.execute(
            "INSERT INTO orders (id, day_name, amount, tags) VALUES (1, 'MONDAY', 5, ['a', 'b'])"));
    Row row =
        Awaits.get(session.execute("SELECT id, day_name, amount, tags FROM orders WHERE id = 1"))
            .first();
    assertThat(row.as(Order.class)).isEqualTo(new Order(1, "MONDAY", 5L, List.of("a", "b")));
    assertThat(row.toList()).containsExactly(1, "MONDAY", 5L, List.of("a", "b"));
    assertThat(row.toArray()).containsExactly(1, "MONDAY", 5L, List.of("a", "b"));
    assertThat(row.toMap().keySet()).containsExactly("id", "day_name", "amount", "tags");
    assertThat(row.toJson())
        .isEqualTo(
            new JsonObject()
                .put("id", 1)
                .put("day_name", "MONDAY")
                .put("amount", 5L)
                .put("tags", new JsonArray().add("a").add("b")));
    assertThat(row.size()).isEqualTo(4);
    assertThatThrownBy(() -> row.as(Other.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing");
    assertThatThrownBy(() -> row.get("nothing")).hasMessageContaining("nothing");
    assertThatThrownBy(() -> row.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> row.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> row.getUuid("id")).isInstanceOf(CodecFailed.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void serverSideJson(Wire wire) {
    CqlSession session = sessions.on(wire);
    Awaits.get(
        session.execute(
            "INSERT INTO orders JSON ?", "{\"id\": 2, \"day_name\": \"FRIDAY\", \"amount\": 9}"));
    Row row = Awaits.get(session.execute("SELECT JSON * FROM orders WHERE id = 2")).first();
    assertThat(new JsonObject(row.getString("[json]")).getInteger("amount")).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void enumsOptionalsAndJsonAreBuiltIn(Wire wire) {
    CqlSession session = sessions.on(wire);
    PreparedStatement insert =
        Awaits.get(
            session.prepare("INSERT INTO orders (id, day_name, amount, doc) VALUES (3, ?, ?, ?)"));
    JsonObject doc = new JsonObject().put("a", new JsonArray().add(1));
    Awaits.get(session.execute(insert.bind(DayOfWeek.SUNDAY, Optional.of(7L), doc)));
    Row row = Awaits.get(session.execute("SELECT * FROM orders WHERE id = 3")).first();
    assertThat(row.get("day_name", DayOfWeek.class)).isEqualTo(DayOfWeek.SUNDAY);
    assertThat(row.get("amount", GenericType.optionalOf(Long.class))).contains(7L);
    assertThat(row.get("doc", JsonObject.class)).isEqualTo(doc);
    Awaits.get(session.execute(insert.bind(null, Optional.empty(), null)));
    row = Awaits.get(session.execute("SELECT amount FROM orders WHERE id = 3")).first();
    assertThat(row.get("amount", GenericType.optionalOf(Long.class))).isEmpty();
  }

  @Test
  void codecOfTheUserWorksAloneAndWithinCollections() {
    CqlSession session =
        Awaits.get(
            CqlSession.builder(sessions.vertx())
                .options(sessions.options())
                .addCodec(new CurrencyCodec())
                .connect());
    PreparedStatement insert =
        Awaits.get(session.prepare("INSERT INTO orders (id, currency, codes) VALUES (4, ?, ?)"));
    Currency euro = Currency.getInstance("EUR");
    Awaits.get(session.execute(insert.bind(euro, List.of(euro, Currency.getInstance("USD")))));
    Row row =
        Awaits.get(session.execute("SELECT currency, codes FROM orders WHERE id = 4")).first();
    assertThat(row.get("currency", Currency.class)).isEqualTo(euro);
    assertThat(row.getList("codes", Currency.class)).hasSize(2).startsWith(euro);
    assertThat(row.getString("currency")).as("others read it as before").isEqualTo("EUR");
    Awaits.get(session.execute("INSERT INTO orders (id, currency) VALUES (5, ?)", euro));
    assertThat(
            Awaits.get(session.execute("SELECT currency FROM orders WHERE id = 5"))
                .first()
                .getString(0))
        .isEqualTo("EUR");
    Awaits.get(session.close());
  }

  @Test
  void timeUuidsAgreeWithTheServer() {
    CqlSession session = sessions.on(Wire.V4);
    Instant at = Instant.ofEpochMilli(1_700_000_000_123L);
    UUID id = TimeUuids.at(at);
    Awaits.get(session.execute("INSERT INTO orders (id, at) VALUES (6, ?)", id));
    boolean newNames = sessions.line().atLeast(cqloop.testkit.ServerLine.V5_0);
    String toTimestamp = newNames ? "to_timestamp(at)" : "toTimestamp(at)";
    Row row =
        Awaits.get(session.execute("SELECT at, " + toTimestamp + " FROM orders WHERE id = 6"))
            .first();
    assertThat(row.getUuid("at")).isEqualTo(id);
    assertThat(row.getInstant(1)).isEqualTo(at).isEqualTo(TimeUuids.instantOf(id));
    Map<String, Object> all = row.toMap();
    assertThat(all).hasSize(2);
  }

  /** A codec as a user writes it. */
  private static final class CurrencyCodec implements TypeCodec<Currency> {

    @Override
    public DataType cqlType() {
      return PrimitiveType.TEXT;
    }

    @Override
    public GenericType<Currency> javaType() {
      return GenericType.of(Currency.class);
    }

    @Override
    public void encode(Currency value, ValueWriter out) {
      out.writeUtf8(value.getCurrencyCode());
    }

    @Override
    public Currency decode(byte[] bytes, int offset, int length) {
      return Currency.getInstance(new String(bytes, offset, length, StandardCharsets.US_ASCII));
    }
  }
}
