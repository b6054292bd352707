package cqloop.netty.row;

import cqloop.Columns;
import cqloop.ExecutionInfo;
import cqloop.PagingState;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.error.ProtocolViolation;
import io.vertx.core.Future;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Value. One page: its rows, and what the execution knows of it. It is its own store of cells: each
 * request makes one, and one object is cheaper than two.
 */
public final class RowSetImpl extends RowPage implements RowSet {

  private static final String APPLIED = "[applied]";
  private static final byte[] NO_CELLS = {};

  private final PageInfo info;

  private RowSetImpl(
      ColumnPlan plan, byte[] body, int firstCell, int end, int rowCount, PageInfo info) {
    super(plan, body, firstCell, end, rowCount);
    this.info = info;
  }

  /**
   * Returns the page of these rows, after a check of every cell.
   *
   * @param body holds the cells; it is not copied and must not change
   * @param firstCell where the cells begin
   * @param end where they end
   * @throws ProtocolViolation when the cells are not exactly so many rows of these columns
   */
  public static RowSetImpl of(
      ColumnPlan plan, byte[] body, int firstCell, int end, int rowCount, PageInfo info) {
    return new RowSetImpl(plan, body, firstCell, end, rowCount, info);
  }

  /** Returns the page of a statement that gives no rows. */
  public static RowSetImpl empty(ColumnPlan plan, PageInfo info) {
    return of(plan, NO_CELLS, 0, 0, 0, info);
  }

  @Override
  public Iterator<Row> iterator() {
    return new RowIterator(this);
  }

  @Override
  public Columns columns() {
    return plan.columns();
  }

  @Override
  public int size() {
    return rowCount;
  }

  @Override
  public Row get(int index) {
    if (index < 0 || index >= rowCount) {
      throw new IndexOutOfBoundsException(
          "Row %s is outside the page of %s rows".formatted(index, rowCount));
    }
    return new RowImpl(this, rowStart(index));
  }

  @Override
  public @Nullable Row first() {
    return rowCount == 0 ? null : new RowImpl(this, rowStart(0));
  }

  @Override
  public List<Row> all() {
    return new Rows(this);
  }

  @Override
  public boolean wasApplied() {
    if (rowCount == 0 || !columns().get(0).name().equals(APPLIED)) {
      return true;
    }
    return get(0).getBoolean(0);
  }

  @Override
  public boolean hasMorePages() {
    return info.hasMorePages();
  }

  @Override
  public @Nullable PagingState pagingState() {
    return info.pagingState();
  }

  @Override
  public Future<RowSet> nextPage() {
    return info.nextPage();
  }

  @Override
  public ExecutionInfo executionInfo() {
    return info.executionInfo();
  }

  @Override
  public String toString() {
    return "RowSet(%s rows: %s)".formatted(rowCount, columns());
  }

  private static final class RowIterator implements Iterator<Row> {

    private final RowPage page;
    private int next;

    RowIterator(RowPage page) {
      this.page = page;
    }

    @Override
    public boolean hasNext() {
      return next < page.rowCount;
    }

    @Override
    public Row next() {
      if (next >= page.rowCount) {
        throw new NoSuchElementException("The page has %s rows".formatted(page.rowCount));
      }
      return new RowImpl(page, page.rowStart(next++));
    }
  }

  /** The rows as a list that makes each when it is asked for. */
  private static final class Rows extends AbstractList<Row> implements RandomAccess {

    private final RowSetImpl set;

    Rows(RowSetImpl set) {
      this.set = set;
    }

    @Override
    public Row get(int index) {
      return set.get(index);
    }

    @Override
    public int size() {
      return set.size();
    }
  }
}
