package cqloop.bench.load;

import cqloop.bench.spi.Statements;

/** Value. What a request does. */
public enum Workload {
  /** Reads one row of 4 columns. */
  POINT(1),
  /** Writes 6 values, one of 1 KB. */
  INSERT(1),
  /** Reads a page of 5,000 rows of 8 columns. */
  PAGE(Statements.PAGE_ROWS),
  /** Streams 1 M rows of 8 columns. */
  STREAM(Statements.PAGE_ROWS * Statements.STREAM_PAGES);

  private final int rows;

  Workload(int rows) {
    this.rows = rows;
  }

  /** Rows that one request moves: figures are given per row. */
  public int rows() {
    return rows;
  }
}
