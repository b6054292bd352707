package cqloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cqloop.type.PrimitiveType;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ColumnsTest {

  private static final Columns COLUMNS =
      Columns.of(List.of(column("id"), column("Total"), column("total"), column("id")));

  private static Column column(String name) {
    return new Column("shop", "orders", name, PrimitiveType.INT);
  }

  @Test
  void findsNamesAsCqlDoes() {
    assertThat(COLUMNS.indexOf("id")).isZero();
    assertThat(COLUMNS.indexOf("ID")).isZero();
    assertThat(COLUMNS.indexOf("Total")).isEqualTo(1);
    assertThat(COLUMNS.indexOf("\"Total\"")).isEqualTo(1);
    assertThat(COLUMNS.indexOf("total")).isEqualTo(2);
    assertThat(COLUMNS.indexOf("\"TOTAL\"")).isEqualTo(-1);
    assertThat(COLUMNS.indexOf("")).isEqualTo(-1);
    assertThat(COLUMNS.indexOf("\"")).isEqualTo(-1);
  }

  @Test
  void findsEveryPositionOfAName() {
    assertThat(COLUMNS.allIndicesOf("id")).containsExactly(0, 3);
    assertThat(COLUMNS.allIndicesOf("TOTAL")).containsExactly(1, 2);
    assertThat(COLUMNS.allIndicesOf("x")).isEmpty();
    COLUMNS.allIndicesOf("id")[0] = 9;
    assertThat(COLUMNS.indexOf("id")).isZero();
  }

  @Test
  void namesWhatThereIsWhenANameIsMissing() {
    assertThat(COLUMNS.requireIndex("id")).isZero();
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> COLUMNS.requireIndex("x"))
        .withMessage("No column 'x'. Known: id int, Total int, total int, id int");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> COLUMNS.get(4))
        .withMessage("Column index 4 is outside 0..3");
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> COLUMNS.get(-1));
  }

  @Test
  void isAListOfColumns() {
    assertThat(COLUMNS).hasSize(4).first().isEqualTo(column("id"));
    assertThat(COLUMNS.size()).isEqualTo(4);
    assertThat(COLUMNS.get(2).name()).isEqualTo("total");
    assertThat(COLUMNS.names()).containsExactly("id", "Total", "total", "id");
    assertThat(COLUMNS)
        .isEqualTo(
            Columns.of(List.of(column("id"), column("Total"), column("total"), column("id"))))
        .isNotEqualTo(Columns.of(List.of(column("id"))));
    assertThat(Columns.of(List.of())).isSameAs(Columns.NONE);
  }
}
