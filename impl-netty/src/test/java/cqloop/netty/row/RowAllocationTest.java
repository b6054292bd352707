package cqloop.netty.row;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Row;
import cqloop.netty.codec.Allocations;
import cqloop.type.GenericType;
import cqloop.type.PrimitiveType;
import org.junit.jupiter.api.Test;

/** Bounds of what reading allocates, which do not depend on the load of the machine. */
class RowAllocationTest {

  private static final int ROWS = 100;
  private static final int ROW_BYTES = 24;
  private static final int ITERATOR_BYTES = 24;

  private long sum;

  private static RowSetImpl page() {
    PageWriter writer =
        PageWriter.of(
            "i",
            PrimitiveType.INT,
            "l",
            PrimitiveType.BIGINT,
            "d",
            PrimitiveType.DOUBLE,
            "b",
            PrimitiveType.BOOLEAN,
            "t",
            PrimitiveType.TEXT);
    for (int i = 0; i < ROWS; i++) {
      writer.cell("00000001").cell("0000000000000002").cell("3ff0000000000000").cell("01");
      writer.cell("61");
    }
    return writer.page(ROWS);
  }

  private void read(Row row) {
    sum += row.getInt(0) + row.getLong(1) + (long) row.getDouble(2);
    sum += row.getBoolean(3) ? 1 : 0;
  }

  @Test
  void allocatesNothingForPrimitives() {
    Row row = page().first();

    assertThat(Allocations.bytesPerRun(() -> read(row))).isLessThan(1);
    assertThat(sum % 5).isZero();
  }

  @Test
  void allocatesNothingForPrimitivesByName() {
    Row row = page().first();

    double bytes = Allocations.bytesPerRun(() -> sum += row.getInt("i") + row.getLong("l"));

    assertThat(bytes).isLessThan(1);
  }

  @Test
  void allocatesOneSmallObjectPerRow() {
    RowSetImpl page = page();

    double bytes =
        Allocations.bytesPerRun(
            () -> {
              for (Row row : page) {
                read(row);
              }
            });

    // Less where the compiler sees that the row does not escape; the test JVM's does not look.
    assertThat(bytes).isLessThanOrEqualTo(ROWS * ROW_BYTES + ITERATOR_BYTES + 1);
  }

  @Test
  void allocatesTheValueAloneThroughACodec() {
    Row row = page().first();
    GenericType<Long> type = GenericType.of(Long.class);

    double byClass = Allocations.bytesPerRun(() -> sum += row.get(1, Long.class));
    double byType = Allocations.bytesPerRun(() -> sum += row.get(1, type));

    // Both values are small enough for the cache of Long.
    assertThat(byClass).isLessThan(1);
    assertThat(byType).isLessThan(1);
  }
}
