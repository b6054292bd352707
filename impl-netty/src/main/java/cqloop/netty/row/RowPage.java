package cqloop.netty.row;

import cqloop.error.ProtocolViolation;
import cqloop.netty.wire.BigEndian;

/**
 * Value. The cells of one page: the body of the response as it came, in which every length was
 * checked, and where its rows begin.
 */
abstract sealed class RowPage permits RowSetImpl {

  private static final int NULL_LENGTH = -1; // native_protocol_v5.spec, 3: [bytes]
  private static final int[] NO_OFFSETS = {};

  final byte[] body;
  final ColumnPlan plan;
  final int rowCount;
  private final int firstCell;
  private final int[] rowOffsets;

  /**
   * Checks all cells, so that reading them later cannot leave the page.
   *
   * @param body holds the cells and is not copied
   * @param firstCell where they begin
   * @param end where they end
   * @throws ProtocolViolation when they are not exactly so many rows of these columns
   */
  RowPage(ColumnPlan plan, byte[] body, int firstCell, int end, int rowCount) {
    int columns = plan.size();
    requireRoom(firstCell, end, rowCount, columns);
    this.plan = plan;
    this.body = body;
    this.rowCount = rowCount;
    this.firstCell = firstCell;
    this.rowOffsets = rowCount < 2 ? NO_OFFSETS : new int[rowCount];
    int at = firstCell;
    for (int row = 0; row < rowCount; row++) {
      if (rowOffsets.length != 0) {
        rowOffsets[row] = at;
      }
      at = checkRow(at, end, row, columns);
    }
    if (at != end) {
      throw new ProtocolViolation(
          "%d bytes are left after the %d rows of a page".formatted(end - at, rowCount));
    }
  }

  /** Returns where the first cell of a row begins. */
  int rowOffset(int row) {
    return rowOffsets.length == 0 ? firstCell : rowOffsets[row];
  }

  /**
   * Returns where the cell after that of a column at this position begins. Where the type has so
   * many bytes and no others, the processor need not wait for the length to know it: it goes on
   * with what it expects.
   */
  int next(int column, int at) {
    int length = BigEndian.getInt(body, at);
    int usual = plan.usualBytes(column);
    return at + Integer.BYTES + (length == usual ? usual : Math.max(0, length));
  }

  private int checkRow(int start, int end, int row, int columns) {
    int at = start;
    for (int column = 0; column < columns; column++) {
      if (end - at < Integer.BYTES) {
        throw malformed(row, column, "it begins beyond the end of the page");
      }
      int length = BigEndian.getInt(body, at);
      int usual = plan.usualBytes(column);
      at += Integer.BYTES;
      if (length == usual && usual <= end - at) {
        at += usual;
        continue;
      }
      if (length < NULL_LENGTH || length > end - at) {
        throw malformed(
            row, column, "its length is %d, %d bytes are left".formatted(length, end - at));
      }
      at += Math.max(0, length);
    }
    return at;
  }

  private ProtocolViolation malformed(int row, int column, String problem) {
    return new ProtocolViolation(
        "Cell '%s' of row %d is malformed: %s"
            .formatted(plan.columns().get(column).name(), row, problem));
  }

  /** A count is believed only where there are bytes for so many lengths. */
  private static void requireRoom(int firstCell, int end, int rowCount, int columns) {
    long leastBytes = (long) rowCount * columns * Integer.BYTES;
    if (rowCount < 0 || leastBytes > end - firstCell || rowCount > 0 && columns == 0) {
      throw new ProtocolViolation(
          "A page claims %d rows of %d columns in %d bytes"
              .formatted(rowCount, columns, end - firstCell));
    }
  }
}
