package cqloop.netty.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.Row;
import cqloop.error.NullValue;
import cqloop.netty.codec.Codecs;
import cqloop.spi.TypeCodec;
import cqloop.spi.ValueWriter;
import cqloop.type.DataType;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where cells are found, in rows whose cells have the bytes of their types and in others. */
class RowShapeTest {

  private static final List<PrimitiveType> TYPES =
      List.of(
          PrimitiveType.INT,
          PrimitiveType.BIGINT,
          PrimitiveType.TEXT,
          PrimitiveType.BLOB,
          PrimitiveType.BOOLEAN,
          PrimitiveType.TIMESTAMP,
          PrimitiveType.UUID);
  private static final List<Integer> BYTES = List.of(4, 8, -1, -1, 1, 8, 16);
  private static final int ROWS = 4;
  private static final int READS = 300;

  private final Random random = new Random(17);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40, 2500})
  void cellsAreFoundInAnyOrderWhicheverAreNullOrEmpty(int columns) {
    Object[] namesAndTypes = new Object[columns * 2];
    int[] kinds = new int[columns];
    for (int i = 0; i < columns; i++) {
      kinds[i] = random.nextInt(TYPES.size());
      namesAndTypes[i * 2] = "c" + i;
      namesAndTypes[i * 2 + 1] = TYPES.get(kinds[i]);
    }
    PageWriter writer = PageWriter.of(namesAndTypes);
    List<byte @Nullable []> cells = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      for (int kind : kinds) {
        // Every other row is regular, so that both are on one page.
        byte[] cell = row % 2 == 0 || random.nextInt(4) > 0 ? value(kind) : odd();
        cells.add(cell);
        write(writer, cell);
      }
    }

    RowSetImpl page = writer.page(ROWS);

    for (int i = 0; i < READS; i++) {
      Row row = page.get(i % ROWS);
      for (int again = 0; again < 5; again++) {
        int column = random.nextInt(columns);
        assertThat(row.getBytes(column)).isEqualTo(cells.get(i % ROWS * columns + column));
      }
    }
  }

  @Test
  void aRowWithANullIsReadByTheSameGettersAsOneWithout() {
    PageWriter writer =
        PageWriter.of("t", PrimitiveType.TEXT, "i", PrimitiveType.INT, "l", PrimitiveType.BIGINT);
    writer.cell("6161").cell("00000001").cell("0000000000000002");
    writer.nullCell().nullCell().cell("0000000000000003");
    writer.cell("61").cell("").cell("0000000000000004");
    RowSetImpl page = writer.page(3);

    assertThat(page.get(0).getLong(2)).isEqualTo(2);
    assertThat(page.get(0).getInt(1)).isEqualTo(1);
    assertThat(page.get(1).getLong(2)).isEqualTo(3);
    assertThatThrownBy(() -> page.get(1).getInt(1)).isInstanceOf(NullValue.class);
    assertThat(page.get(1).getString(0)).isNull();
    assertThat(page.get(2).getLong(2)).isEqualTo(4);
    assertThatThrownBy(() -> page.get(2).getInt(1)).isInstanceOf(NullValue.class);
  }

  @Test
  void instantsAreReadWithoutACodecUnlessTheUserGaveOne() {
    PageWriter plain = PageWriter.of("at", PrimitiveType.TIMESTAMP);
    plain.cell("00000000000003e8").nullCell().cell("");
    RowSetImpl page = plain.page(3);
    PageWriter withCodec = PageWriter.of("at", PrimitiveType.TIMESTAMP);
    withCodec.codecs(Codecs.of(List.of(new FixedCodec()), List.of())).cell("00000000000003e8");

    assertThat(page.get(0).getInstant(0)).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(page.get(1).getInstant(0)).isNull();
    assertThat(page.get(2).getInstant(0)).isNull();
    assertThat(withCodec.page(1).get(0).getInstant(0)).isEqualTo(Instant.ofEpochSecond(7));
  }

  private byte[] value(int kind) {
    int length = BYTES.get(kind);
    byte[] bytes = new byte[length < 0 ? random.nextInt(20) : length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte @Nullable [] odd() {
    return random.nextBoolean() ? null : new byte[random.nextInt(3)];
  }

  private static void write(PageWriter writer, byte @Nullable [] cell) {
    if (cell == null) {
      writer.nullCell();
    } else {
      writer.cell(HexFormat.of().formatHex(cell));
    }
  }

  /** Reads one moment, whatever the bytes are. */
  private record FixedCodec() implements TypeCodec<Instant> {

    @Override
    public DataType cqlType() {
      return PrimitiveType.TIMESTAMP;
    }

    @Override
    public GenericType<Instant> javaType() {
      return GenericType.of(Instant.class);
    }

    @Override
    public void encode(Instant value, ValueWriter out) {
      throw new UnsupportedOperationException("only read here");
    }

    @Override
    public Instant decode(byte[] bytes, int offset, int length) {
      return Instant.ofEpochSecond(7);
    }
  }
}
