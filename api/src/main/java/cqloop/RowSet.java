package cqloop;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value. One page of the rows of a result; empty for a statement that returns none. May be iterated
 * any number of times and on any thread.
 */
public interface RowSet extends Iterable<Row> {

  /** Returns the columns; none when the statement returns no rows. */
  Columns columns();

  /** Returns the number of rows in this page. */
  int size();

  /**
   * Returns the row at this position in the page, counted from 0.
   *
   * @throws IndexOutOfBoundsException when there is none
   */
  Row get(int index);

  /** Returns the first row, or null when this page has none. */
  @Nullable Row first();

  /** Returns the rows of this page as a list. */
  List<Row> all();

  /** Tells whether there are more pages. A page may be empty and yet have more after it. */
  boolean hasMorePages();

  /** Returns where the next page begins, or null when there is none. */
  @Nullable PagingState pagingState();

  /**
   * Fetches the next page, with the settings of the same statement. Fails with {@link
   * cqloop.error.NoPagingState} when there is none, and with {@link cqloop.error.PagingStuck} when
   * the third page in a row has no row and leads to itself.
   */
  Future<RowSet> nextPage();

  /**
   * Tells whether a conditional write was applied. True for a statement without a condition.
   *
   * @throws cqloop.error.CodecFailed never for results of a server: {@code [applied]} is a boolean
   */
  boolean wasApplied();

  /** Returns how the request went. */
  ExecutionInfo executionInfo();
}
