package cqloop.netty.message;

import cqloop.Columns;
import cqloop.error.ProtocolViolation;
import cqloop.netty.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/**
 * Value. RESULT with rows, not decoded: cells follow each other in {@link #body()} from {@link
 * #firstCell()} to {@link #end()}, row by row, each an [int] length, negative for null, and that
 * many bytes. There is room for the lengths of all cells; the lengths themselves are not checked.
 */
public final class RowsResult implements Result {

  private final ResponsePrefix prefix;
  private final byte[] body;
  private final int end;
  private final int firstCell;
  private final int rowCount;
  private final int columnCount;
  private final @Nullable Columns columns;
  private final byte @Nullable [] pagingState;
  private final byte @Nullable [] newMetadataId;

  RowsResult(
      ResponsePrefix prefix,
      byte[] body,
      int end,
      int rowCountAt,
      int columnCount,
      @Nullable RowsMetadata metadata) {
    this.prefix = prefix;
    this.body = body;
    this.end = end;
    this.firstCell = rowCountAt + Integer.BYTES;
    this.rowCount = BigEndian.getInt(body, rowCountAt);
    this.columnCount = columnCount;
    this.columns = metadata == null ? null : metadata.columns;
    this.pagingState = metadata == null ? null : metadata.pagingState;
    this.newMetadataId = metadata == null ? null : metadata.newMetadataId;
    checkCounts();
  }

  @Override
  public ResponsePrefix prefix() {
    return prefix;
  }

  /** Returns the array that holds the cells; it is not copied. */
  public byte[] body() {
    return body;
  }

  /** Returns where the length of the first cell is. */
  public int firstCell() {
    return firstCell;
  }

  /** Returns where the body ends. */
  public int end() {
    return end;
  }

  public int rowCount() {
    return rowCount;
  }

  public int columnCount() {
    return columnCount;
  }

  /** Returns the columns, or null when the server left them out as it was asked to. */
  public @Nullable Columns columns() {
    return columns;
  }

  /** Returns where the next page starts, or null when this page is the last. */
  public byte @Nullable [] pagingState() {
    return pagingState;
  }

  /**
   * Returns the new id of the result metadata when the columns of the prepared statement have
   * changed, else null. {@link #columns()} are then the new ones.
   */
  public byte @Nullable [] newMetadataId() {
    return newMetadataId;
  }

  private void checkCounts() {
    if (rowCount < 0 || columnCount < 0 || (rowCount > 0 && columnCount == 0)) {
      throw violation("these counts are impossible");
    }
    if ((long) rowCount * columnCount > (end - firstCell) / Integer.BYTES) {
      throw violation("only %s bytes follow".formatted(end - firstCell));
    }
  }

  private ProtocolViolation violation(String problem) {
    return new ProtocolViolation(
        "A result claims %s rows of %s columns, but %s".formatted(rowCount, columnCount, problem));
  }
}
