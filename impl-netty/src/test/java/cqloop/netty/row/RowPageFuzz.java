package cqloop.netty.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import cqloop.Column;
import cqloop.Columns;
import cqloop.Row;
import cqloop.error.CodecFailed;
import cqloop.error.ProtocolViolation;
import cqloop.netty.codec.Bytes;
import cqloop.netty.codec.Codecs;
import cqloop.netty.codec.RandomValues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a page: refused as a whole, or every cell can be read or is refused by name. */
class RowPageFuzz {

  private static final int HEADER = 3;
  private static final int DEPTH = 2;

  /** Columns, rows and a seed of types in a byte each, then cells. */
  static Stream<byte[]> seeds() {
    return Stream.of(
            "010100 00000004 00000001",
            "010201 00000004 00000001 ffffffff",
            "020102 00000001 61 00000000",
            "0101ff 7fffffff",
            "010103 fffffffe",
            "01ff04 ffffffff",
            "000105",
            "030206 ffffffff 00000004 00000001 00000002 6162 ffffffff ffffffff 00000001 01")
        .map(Bytes::hex);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "60s")
  void readsOrRefuses(byte[] input) {
    if (input == null || input.length < HEADER) {
      return;
    }
    RandomValues random = new RandomValues(input[2]);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < (input[0] & 0xFF); i++) {
      columns.add(new Column("ks", "t", "c" + i, random.type(DEPTH)));
    }
    ColumnPlan plan = new ColumnPlan(Columns.of(columns), Codecs.builtIn());
    RowSetImpl page;
    try {
      page = RowSetImpl.of(plan, input, HEADER, input.length, input[1], new PageWriter.NoInfo());
    } catch (ProtocolViolation refused) {
      assertThat(refused.getMessage()).containsAnyOf("page", "Cell");
      return;
    }
    int rows = 0;
    for (Row row : page) {
      readBackwards(row);
      rows++;
    }
    assertThat(rows).isEqualTo(input[1]);
  }

  private static void readBackwards(Row row) {
    for (int i = row.size() - 1; i >= 0; i--) {
      assertThat(row.isNull(i)).isEqualTo(row.getBytes(i) == null);
      try {
        row.get(i);
      } catch (CodecFailed refused) {
        assertThat(refused.column()).isEqualTo("c" + i);
      }
    }
  }
}
