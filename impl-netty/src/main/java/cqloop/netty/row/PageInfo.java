package cqloop.netty.row;

import cqloop.ExecutionInfo;
import cqloop.PagingState;
import cqloop.RowSet;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Value. What a page knows besides its rows: how it came, and how the next one comes. */
public interface PageInfo {

  /** Returns where the next page begins, or null when there is none. */
  @Nullable PagingState pagingState();

  /** Tells whether there are more pages. */
  boolean hasMorePages();

  /** Fetches the next page; see {@link RowSet#nextPage}. */
  Future<RowSet> nextPage();

  /** Returns how the request went. */
  ExecutionInfo executionInfo();
}
