package cqloop.netty.row;

import cqloop.Column;
import cqloop.Columns;
import cqloop.ExecutionInfo;
import cqloop.PagingState;
import cqloop.RowSet;
import cqloop.netty.codec.Bytes;
import cqloop.netty.codec.Codecs;
import cqloop.type.DataType;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Owned by one thread. Makes pages of bytes that the test writes out cell by cell. */
final class PageWriter {

  static final int BYTES_BEFORE = 11;
  private static final int BYTES_AFTER = 5;

  private final List<Column> columns = new ArrayList<>();
  private final StringBuilder cells = new StringBuilder();
  private Codecs codecs = Codecs.builtIn();

  static PageWriter of(Object... namesAndTypes) {
    PageWriter writer = new PageWriter();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      writer.columns.add(
          new Column("ks", "t", (String) namesAndTypes[i], (DataType) namesAndTypes[i + 1]));
    }
    return writer;
  }

  PageWriter codecs(Codecs newCodecs) {
    codecs = newCodecs;
    return this;
  }

  /** Adds a cell of these bytes in hexadecimal. */
  PageWriter cell(String hex) {
    String packed = hex.replace(" ", "");
    cells.append("%08x".formatted(packed.length() / 2)).append(packed);
    return this;
  }

  PageWriter nullCell() {
    return raw("ffffffff");
  }

  /** Adds bytes as they are, to write what a server must not. */
  PageWriter raw(String hex) {
    cells.append(hex.replace(" ", ""));
    return this;
  }

  /** Returns the page, from the middle of a larger array. */
  RowSetImpl page(int rowCount) {
    byte[] bytes = Bytes.hex(cells.toString());
    byte[] body = new byte[BYTES_BEFORE + bytes.length + BYTES_AFTER];
    System.arraycopy(bytes, 0, body, BYTES_BEFORE, bytes.length);
    ColumnPlan plan = new ColumnPlan(Columns.of(columns), codecs);
    return RowSetImpl.of(
        plan, body, BYTES_BEFORE, BYTES_BEFORE + bytes.length, rowCount, new NoInfo());
  }

  /** Value. Says that there is nothing but this page. */
  static final class NoInfo implements PageInfo {

    @Override
    public PagingState pagingState() {
      return null;
    }

    @Override
    public boolean hasMorePages() {
      return false;
    }

    @Override
    public Future<RowSet> nextPage() {
      return Future.failedFuture("there is none");
    }

    @Override
    public ExecutionInfo executionInfo() {
      throw new UnsupportedOperationException("no request was made");
    }
  }
}
