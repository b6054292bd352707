package cqloop.netty.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.Row;
import cqloop.error.CodecFailed;
import cqloop.error.NullValue;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.ListType;
import cqloop.type.MapType;
import cqloop.type.PrimitiveType;
import cqloop.type.TupleType;
import cqloop.type.UserType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowImplTest {

  private static final UUID ID = UUID.fromString("12345678-1234-1234-8234-123456789abc");
  private static final String ID_HEX = "12345678123412348234123456789abc";

  private static Row numbers() {
    return PageWriter.of(
            "tiny", PrimitiveType.TINYINT,
            "small", PrimitiveType.SMALLINT,
            "num", PrimitiveType.INT,
            "big", PrimitiveType.BIGINT,
            "cnt", PrimitiveType.COUNTER,
            "flt", PrimitiveType.FLOAT,
            "dbl", PrimitiveType.DOUBLE)
        .cell("ff")
        .cell("fffe")
        .cell("fffffffd")
        .cell("fffffffffffffffc")
        .cell("0000000000000005")
        .cell("3fc00000")
        .cell("c000000000000000")
        .page(1)
        .first();
  }

  private static Row one(DataType type, String hex) {
    return PageWriter.of("v", type).cell(hex).page(1).first();
  }

  private static Row oneNull(DataType type) {
    return PageWriter.of("v", type).nullCell().page(1).first();
  }

  @Test
  void readsEachNumberAndWidens() {
    Row row = numbers();

    assertThat(row.getByte("tiny")).isEqualTo((byte) -1);
    assertThat(row.getShort("small")).isEqualTo((short) -2);
    assertThat(row.getInt("num")).isEqualTo(-3);
    assertThat(row.getLong("big")).isEqualTo(-4);
    assertThat(row.getLong("cnt")).isEqualTo(5);
    assertThat(row.getFloat("flt")).isEqualTo(1.5f);
    assertThat(row.getDouble("dbl")).isEqualTo(-2);

    assertThat(row.getShort("tiny")).isEqualTo((short) -1);
    assertThat(row.getInt("tiny")).isEqualTo(-1);
    assertThat(row.getLong("tiny")).isEqualTo(-1);
    assertThat(row.getInt("small")).isEqualTo(-2);
    assertThat(row.getLong("small")).isEqualTo(-2);
    assertThat(row.getLong("num")).isEqualTo(-3);
    assertThat(row.getDouble("flt")).isEqualTo(1.5);
  }

  @Test
  void neverNarrowsInAGetter() {
    Row row = numbers();

    assertThatThrownBy(() -> row.getInt("big"))
        .isInstanceOf(CodecFailed.class)
        .hasMessageStartingWith("Column 'big', CQL type bigint as Java type int");
    assertThatThrownBy(() -> row.getShort("num")).isInstanceOf(CodecFailed.class);
    assertThatThrownBy(() -> row.getByte("small")).isInstanceOf(CodecFailed.class);
    assertThatThrownBy(() -> row.getFloat("dbl")).isInstanceOf(CodecFailed.class);
    assertThatThrownBy(() -> row.getLong("dbl")).isInstanceOf(CodecFailed.class);
    assertThatThrownBy(() -> row.getDouble("num")).isInstanceOf(CodecFailed.class);
    assertThatThrownBy(() -> row.getBoolean("num")).isInstanceOf(CodecFailed.class);
    assertThatThrownBy(() -> row.getString("num")).isInstanceOf(CodecFailed.class);
    assertThatThrownBy(() -> row.getUuid("num")).isInstanceOf(CodecFailed.class);
  }

  @Test
  void readsCellsInAnyOrder() {
    Row row = numbers();
    for (int i : new int[] {6, 0, 3, 2, 4, 1, 5, 5, 0, 6}) {
      assertThat(row.get(i)).isEqualTo(numbers().get(i));
    }
  }

  @Test
  void findsCellsBeyondWhatItRemembers() {
    PageWriter writer = wide(3000);
    for (int i = 0; i < 3000; i++) {
      writer.cell("%08x".formatted(i));
    }
    Row row = writer.page(1).first();

    for (int i : new int[] {2999, 2047, 2048, 2049, 0, 2998, 1}) {
      assertThat(row.getInt(i)).isEqualTo(i);
    }
  }

  @Test
  void findsCellsAfterAVeryLongOne() {
    Row row =
        PageWriter.of(
                "a",
                PrimitiveType.INT,
                "b",
                PrimitiveType.BLOB,
                "c",
                PrimitiveType.INT,
                "d",
                PrimitiveType.INT)
            .cell("00000001")
            .cell("00".repeat(2_000_000))
            .cell("00000003")
            .cell("00000004")
            .page(1)
            .first();

    assertThat(row.getInt(2)).isEqualTo(3);
    assertThat(row.getInt(3)).isEqualTo(4);
    assertThat(row.getInt(0)).isEqualTo(1);
    assertThat(row.getInt(3)).isEqualTo(4);
  }

  private static PageWriter wide(int columns) {
    Object[] namesAndTypes = new Object[columns * 2];
    for (int i = 0; i < columns; i++) {
      namesAndTypes[i * 2] = "c" + i;
      namesAndTypes[i * 2 + 1] = PrimitiveType.INT;
    }
    return PageWriter.of(namesAndTypes);
  }

  @Test
  void readsTextUuidBooleanAndBytes() {
    assertThat(one(PrimitiveType.TEXT, "61c3a9").getString(0)).isEqualTo("aé");
    assertThat(one(PrimitiveType.ASCII, "61").getString(0)).isEqualTo("a");
    assertThat(one(PrimitiveType.UUID, ID_HEX).getUuid(0)).isEqualTo(ID);
    assertThat(one(PrimitiveType.TIMEUUID, ID_HEX).getUuid(0)).isEqualTo(ID);
    assertThat(one(PrimitiveType.BOOLEAN, "01").getBoolean(0)).isTrue();
    assertThat(one(PrimitiveType.INT, "0001").getBytes(0)).containsExactly(0, 1);
    assertThat(one(PrimitiveType.BLOB, "0102").getBuffer("v"))
        .isEqualTo(Buffer.buffer(new byte[] {1, 2}));
  }

  @Test
  void givesNullForNullAndFailsWhereAPrimitiveWasAsked() {
    Row row = oneNull(PrimitiveType.INT);

    assertThat(row.isNull(0)).isTrue();
    assertThat(row.isEmpty(0)).isFalse();
    assertThat(row.get(0)).isNull();
    assertThat(row.get(0, Integer.class)).isNull();
    assertThat(row.getBytes(0)).isNull();
    assertThatThrownBy(() -> row.getInt("v"))
        .isInstanceOf(NullValue.class)
        .hasMessageContaining("'v'");
    assertThatThrownBy(() -> row.getLong(0)).isInstanceOf(NullValue.class);
    assertThat(oneNull(PrimitiveType.TEXT).getString(0)).isNull();
    assertThat(oneNull(PrimitiveType.UUID).getUuid(0)).isNull();
    assertThat(oneNull(new ListType(PrimitiveType.INT)).getList(0, Integer.class)).isNull();
    assertThatThrownBy(() -> oneNull(PrimitiveType.BOOLEAN).getBoolean(0))
        .isInstanceOf(NullValue.class);
    assertThatThrownBy(() -> oneNull(PrimitiveType.DOUBLE).getDouble(0))
        .isInstanceOf(NullValue.class);
  }

  @Test
  void keepsEmptyApartFromNull() {
    Row row = one(PrimitiveType.INT, "");

    assertThat(row.isNull(0)).isFalse();
    assertThat(row.isEmpty(0)).isTrue();
    assertThat(row.get(0)).isNull();
    assertThat(row.getBytes(0)).isEmpty();
    assertThatThrownBy(() -> row.getInt(0)).isInstanceOf(NullValue.class);
    assertThat(one(PrimitiveType.TEXT, "").getString(0)).isEmpty();
    assertThat(one(PrimitiveType.UUID, "").getUuid(0)).isNull();
  }

  @Test
  void namesTheColumnOfAMalformedCell() {
    assertThatThrownBy(() -> one(PrimitiveType.INT, "000001").getInt(0))
        .isInstanceOf(CodecFailed.class)
        .hasMessageContaining("Column 'v', CQL type int")
        .hasMessageContaining("it has 3 bytes instead of 4");
    assertThatThrownBy(() -> one(PrimitiveType.INT, "000001").get(0))
        .isInstanceOf(CodecFailed.class)
        .hasMessage(
            "Column 'v', CQL type int as Java type java.lang.Integer: it has 3 bytes instead of 4");
    assertThatThrownBy(() -> one(PrimitiveType.TEXT, "ff").getString(0))
        .isInstanceOf(CodecFailed.class)
        .hasMessageContaining("'v'");
    assertThatThrownBy(() -> one(PrimitiveType.UUID, "00").getUuid(0))
        .isInstanceOf(CodecFailed.class);
    assertThatThrownBy(
            () -> one(new ListType(PrimitiveType.INT), "7fffffff").getList(0, Integer.class))
        .isInstanceOf(CodecFailed.class)
        .hasMessageContaining("claims 2147483647 elements, but has bytes for 0");
  }

  @Test
  void readsOtherJavaTypesByClassAndGenericType() {
    Row row = one(PrimitiveType.TIMESTAMP, "0000000000000001");

    assertThat(row.getInstant("v")).isEqualTo(Instant.ofEpochMilli(1));
    assertThat(row.get("v", Long.class)).isEqualTo(1L);
    assertThat(row.get("v", long.class)).isEqualTo(1L);
    assertThat(row.get("v", Object.class)).isEqualTo(Instant.ofEpochMilli(1));
    assertThat(row.get("v", GenericType.optionalOf(Long.class))).isEqualTo(Optional.of(1L));
    assertThat(oneNull(PrimitiveType.INT).get("v", GenericType.optionalOf(Integer.class)))
        .isEqualTo(Optional.empty());
    assertThatThrownBy(() -> row.get("v", Float.class))
        .isInstanceOf(CodecFailed.class)
        .hasMessageStartingWith(
            "Column 'v', CQL type timestamp as Java type java.lang.Float: no codec has both");
  }

  @Test
  void namesTheColumnsWhenOneDoesNotExist() {
    Row row = numbers();

    assertThatThrownBy(() -> row.getInt("nope")).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> row.getInt(7)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> row.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void becomesAListAnArrayAndAMap() {
    Row row =
        PageWriter.of("a", PrimitiveType.INT, "b", PrimitiveType.TEXT, "a", PrimitiveType.INT)
            .cell("00000001")
            .nullCell()
            .cell("00000002")
            .page(1)
            .first();

    assertThat(row.toList()).containsExactly(1, null, 2);
    assertThat(row.toArray()).containsExactly(1, null, 2);
    assertThat(row.toMap())
        .containsOnly(Map.entry("a", 1), new java.util.AbstractMap.SimpleEntry<>("b", null));
    assertThat(row.toMap().keySet()).containsExactly("a", "b");
  }

  @Test
  void becomesJson() {
    UserType udt =
        new UserType("ks", "u", List.of("x", "y"), List.of(PrimitiveType.INT, PrimitiveType.UUID));
    Row row =
        PageWriter.of(
                "i", PrimitiveType.INT,
                "n", PrimitiveType.TEXT,
                "d", PrimitiveType.DOUBLE,
                "b", PrimitiveType.BLOB,
                "t", PrimitiveType.TIMESTAMP,
                "ip", PrimitiveType.INET,
                "m", new MapType(PrimitiveType.INT, new ListType(PrimitiveType.BOOLEAN)),
                "u", udt,
                "p", TupleType.of(PrimitiveType.INT, PrimitiveType.TEXT))
            .cell("00000001")
            .nullCell()
            .cell("7ff8000000000000")
            .cell("fbff")
            .cell("0000000000000001")
            .cell("7f000001")
            .cell("00000001 00000004 00000007 00000009 00000001 00000001 01")
            .cell("00000004 00000001 00000010" + ID_HEX)
            .cell("00000004 00000002 ffffffff")
            .page(1)
            .first();

    assertThat(row.toJson())
        .isEqualTo(
            new JsonObject()
                .put("i", 1)
                .putNull("n")
                .put("d", "NaN")
                .put("b", "-_8")
                .put("t", "1970-01-01T00:00:00.001Z")
                .put("ip", "127.0.0.1")
                .put("m", new JsonObject().put("7", new JsonArray().add(true)))
                .put("u", new JsonObject().put("x", 1).put("y", ID.toString()))
                .put("p", new JsonArray().add(2).addNull()));
    assertThat(row.toJson().getBinary("b")).containsExactly(0xfb, 0xff);
  }

  record Order(UUID id, long totalCents, String note, Optional<Integer> rank, List<String> tags) {}

  record Strict(int v) {
    Strict {
      if (v < 0) {
        throw new IllegalArgumentException("negative");
      }
    }
  }

  @Test
  void becomesARecord() {
    Row row =
        PageWriter.of(
                "total_cents", PrimitiveType.INT,
                "ID", PrimitiveType.UUID,
                "note", PrimitiveType.TEXT,
                "rank", PrimitiveType.INT,
                "tags", new ListType(PrimitiveType.TEXT))
            .cell("00000005")
            .cell(ID_HEX)
            .nullCell()
            .nullCell()
            .cell("00000001 00000001 61")
            .page(1)
            .first();

    assertThat(row.as(Order.class))
        .isEqualTo(new Order(ID, 5, null, Optional.empty(), List.of("a")));
    assertThatThrownBy(() -> row.as(Strict.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("component 'v'");
  }

  @Test
  void failsForANullWhereTheRecordHasAPrimitiveAndPassesOnWhatTheRecordThrows() {
    assertThatThrownBy(() -> oneNull(PrimitiveType.INT).as(Strict.class))
        .isInstanceOf(NullValue.class);
    assertThatThrownBy(() -> one(PrimitiveType.INT, "ffffffff").as(Strict.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("negative");
  }

  @Test
  void isEqualWhenColumnsAndBytesAre() {
    assertThat(one(PrimitiveType.INT, "00000001"))
        .isEqualTo(one(PrimitiveType.INT, "00000001"))
        .hasSameHashCodeAs(one(PrimitiveType.INT, "00000001"))
        .isNotEqualTo(one(PrimitiveType.INT, "00000002"))
        .isNotEqualTo(one(PrimitiveType.FLOAT, "00000001"));
    assertThat(one(PrimitiveType.TEXT, "61").toString()).isEqualTo("Row(v text)");
  }
}
