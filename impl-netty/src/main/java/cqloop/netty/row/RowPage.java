package cqloop.netty.row;

import cqloop.error.ProtocolViolation;
import cqloop.netty.codec.TypeCode;
import cqloop.netty.wire.BigEndian;

/**
 * Value. The cells of one page: the body of the response as it came, in which every length was
 * checked, and where its rows begin.
 */
abstract sealed class RowPage permits RowSetImpl {

  /** Marks the start of a row in which a cell has not the bytes that its type has. */
  static final int IRREGULAR = Integer.MIN_VALUE;

  private static final int NULL_LENGTH = -1; // native_protocol_v5.spec, 3: [bytes]
  private static final int[] NO_STARTS = {};

  final byte[] body;
  final ColumnPlan plan;
  final int rowCount;

  /** What {@link RowShape} knows of each column, here for the sake of those who read often. */
  private final long[] columns;

  private final int firstStart;
  private final int[] starts;

  /**
   * Checks all cells, so that reading them later cannot leave the page.
   *
   * @param body holds the cells and is not copied
   * @param firstCell where they begin
   * @param end where they end
   * @throws ProtocolViolation when they are not exactly so many rows of these columns
   */
  RowPage(ColumnPlan plan, byte[] body, int firstCell, int end, int rowCount) {
    RowShape shape = plan.shape();
    requireRoom(firstCell, end, rowCount, shape.size());
    this.plan = plan;
    this.body = body;
    this.rowCount = rowCount;
    this.columns = shape.columns();
    this.starts = rowCount < 2 ? NO_STARTS : new int[rowCount];
    int always = shape.hasRegularRows() ? 0 : IRREGULAR;
    int first = firstCell | always;
    int at = firstCell;
    for (int row = 0; row < rowCount; row++) {
      int next = checkRow(shape, at, end, row);
      int start = at | next & IRREGULAR | always;
      if (starts.length == 0) {
        first = start;
      } else {
        starts[row] = start;
      }
      at = next & ~IRREGULAR;
    }
    this.firstStart = first;
    if (at != end) {
      throw new ProtocolViolation(
          at > end
              ? "The last cell of the %s rows of a page ends %s bytes beyond it"
                  .formatted(rowCount, at - end)
              : "%s bytes are left after the %s rows of a page".formatted(end - at, rowCount));
    }
  }

  /** Returns where the first cell of a row begins, and perhaps {@link #IRREGULAR}. */
  int rowStart(int row) {
    return starts.length == 0 ? firstStart : starts[row];
  }

  /** Returns what {@link RowShape} knows of a column. */
  long column(int index) {
    if (index < 0 || index >= columns.length) {
      throw new IndexOutOfBoundsException(
          "Column index %s is outside 0..%s".formatted(index, columns.length - 1));
    }
    return columns[index];
  }

  /** Returns where the cell after that of a column at this position begins. */
  int next(int at) {
    return at + Integer.BYTES + Math.max(0, BigEndian.getInt(body, at));
  }

  /**
   * Returns where the row after this one begins, with {@link #IRREGULAR} if this one is. Where the
   * type has so many bytes and no others, the processor need not wait for the length to know it: it
   * goes on with what it expects.
   */
  private int checkRow(RowShape shape, int start, int end, int row) {
    int[] usualBytes = shape.usualBytes();
    int at = start;
    int irregular = 0;
    for (int column = 0; column < usualBytes.length; column++) {
      if (end - at < Integer.BYTES) {
        throw malformed(row, column, "it begins beyond the end of the page");
      }
      int length = BigEndian.getInt(body, at);
      int usual = usualBytes[column];
      at += Integer.BYTES;
      if (length == usual) {
        // If that is beyond the end, it shows at the next cell or after the last.
        at += usual;
        continue;
      }
      if (length < NULL_LENGTH || length > end - at) {
        throw malformed(
            row, column, "its length is %s, %s bytes are left".formatted(length, end - at));
      }
      at += Math.max(0, length);
      if (usual != TypeCode.ANY_BYTES) {
        irregular = IRREGULAR;
      }
    }
    return at | irregular;
  }

  private ProtocolViolation malformed(int row, int column, String problem) {
    return new ProtocolViolation(
        "Cell '%s' of row %s is malformed: %s"
            .formatted(plan.columns().get(column).name(), row, problem));
  }

  /** A count is believed only where there are bytes for so many lengths. */
  private static void requireRoom(int firstCell, int end, int rowCount, int columns) {
    long leastBytes = (long) rowCount * columns * Integer.BYTES;
    if (rowCount < 0 || leastBytes > end - firstCell || rowCount > 0 && columns == 0) {
      throw new ProtocolViolation(
          "A page claims %s rows of %s columns in %s bytes"
              .formatted(rowCount, columns, end - firstCell));
    }
  }
}
