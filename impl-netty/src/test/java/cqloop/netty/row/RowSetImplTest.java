package cqloop.netty.row;

import static cqloop.type.PrimitiveType.BOOLEAN;
import static cqloop.type.PrimitiveType.INT;
import static cqloop.type.PrimitiveType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.Columns;
import cqloop.Row;
import cqloop.error.ProtocolViolation;
import cqloop.netty.codec.Codecs;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSetImplTest {

  private static RowSetImpl numbers(int rows) {
    PageWriter writer = PageWriter.of("i", INT, "t", TEXT);
    for (int i = 0; i < rows; i++) {
      writer.cell("%08x".formatted(i)).cell("61".repeat(i % 4));
    }
    return writer.page(rows);
  }

  @Test
  void iteratesAnyNumberOfTimes() {
    RowSetImpl page = numbers(5);
    for (int round = 0; round < 2; round++) {
      int expected = 0;
      for (Row row : page) {
        assertThat(row.getInt("i")).isEqualTo(expected);
        assertThat(row.getString("t")).isEqualTo("a".repeat(expected % 4));
        expected++;
      }
      assertThat(expected).isEqualTo(5);
    }
  }

  @Test
  void keepsEveryRowRightWhenRowsAreKept() {
    List<Row> kept = new ArrayList<>();
    numbers(5).forEach(kept::add);
    kept.addAll(numbers(5).all());

    assertThat(kept).extracting(row -> row.getInt(0)).containsExactly(0, 1, 2, 3, 4, 0, 1, 2, 3, 4);
  }

  @Test
  void givesRowsByPosition() {
    RowSetImpl page = numbers(5);

    assertThat(page.size()).isEqualTo(5);
    assertThat(page.get(3).getInt(0)).isEqualTo(3);
    assertThat(page.first().getInt(0)).isZero();
    assertThat(page.all()).hasSize(5).contains(page.get(2));
    assertThatThrownBy(() -> page.get(5))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("Row 5 is outside the page of 5 rows");
    assertThatThrownBy(() -> page.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> page.all().add(page.get(0)))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void endsItsIterationWithAnError() {
    Iterator<Row> rows = numbers(1).iterator();
    rows.next();

    assertThat(rows.hasNext()).isFalse();
    assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void isEmptyForAStatementWithoutRows() {
    RowSetImpl none =
        RowSetImpl.empty(new ColumnPlan(Columns.NONE, Codecs.builtIn()), new PageWriter.NoInfo());

    assertThat(none.size()).isZero();
    assertThat(none.first()).isNull();
    assertThat(none.iterator().hasNext()).isFalse();
    assertThat(none.columns()).isEqualTo(Columns.NONE);
    assertThat(none.wasApplied()).isTrue();
  }

  @Test
  void tellsWhetherAConditionalWriteWasApplied() {
    assertThat(PageWriter.of("[applied]", BOOLEAN).cell("01").page(1).wasApplied()).isTrue();
    assertThat(
            PageWriter.of("[applied]", BOOLEAN, "v", INT)
                .cell("00")
                .nullCell()
                .page(1)
                .wasApplied())
        .isFalse();
    assertThat(numbers(1).wasApplied()).isTrue();
  }

  @Test
  void readsPagesOfNoRows() {
    assertThat(PageWriter.of("i", INT).page(0).all()).isEmpty();
  }

  @Test
  void refusesCountsForWhichThereAreNoBytes() {
    for (int count : new int[] {-1, Integer.MIN_VALUE, 3, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> PageWriter.of("i", INT).nullCell().nullCell().page(count))
          .isInstanceOf(ProtocolViolation.class)
          .hasMessageContaining("claims " + count + " rows of 1 columns in 8 bytes");
    }
    assertThatThrownBy(() -> PageWriter.of().page(1)).isInstanceOf(ProtocolViolation.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000005 00000001", "7fffffff", "fffffffe", "80000000"})
  void refusesCellsThatLeaveThePage(String cell) {
    assertThatThrownBy(() -> PageWriter.of("i", INT).nullCell().raw(cell).page(2))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining("Cell 'i' of row 1 is malformed");
  }

  @Test
  void refusesALastCellThatHasTheLengthOfItsTypeAndEndsBeyondThePage() {
    assertThatThrownBy(() -> PageWriter.of("i", INT).nullCell().raw("00000004 0000").page(2))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessage("The last cell of the 2 rows of a page ends 2 bytes beyond it");
  }

  @Test
  void refusesBytesAfterTheLastRow() {
    assertThatThrownBy(() -> numbersWithOneMoreByte())
        .isInstanceOf(ProtocolViolation.class)
        .hasMessage("1 bytes are left after the 1 rows of a page");
  }

  private static RowSetImpl numbersWithOneMoreByte() {
    return PageWriter.of("i", INT).cell("00000001").raw("00").page(1);
  }

  @Test
  void refusesAPageThatEndsWithinALength() {
    assertThatThrownBy(
            () -> PageWriter.of("i", INT, "j", INT).cell("00000001 00").raw("0000").page(1))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining("Cell 'j' of row 0 is malformed: it begins beyond the end");
  }
}
