package cqloop.netty.exec;

import cqloop.PagingState;
import cqloop.RowSet;
import cqloop.error.PagingStuck;
import org.jspecify.annotations.Nullable;

/** Any thread. Notices a server that repeats one paging state for ever: fault D12. */
public final class PageProgress {

  /** So many pages in a row may lead nowhere; one may be an accident of a single node. */
  private static final int LIMIT = 3;

  private PageProgress() {}

  /**
   * Returns how many pages in a row have led nowhere, with this one: those without a row whose
   * state is the one that they were asked with.
   *
   * @param before how many did before this page
   * @param askedWith the state that the page was asked with
   * @throws PagingStuck when they are too many
   */
  public static int check(int before, @Nullable PagingState askedWith, RowSet page) {
    PagingState state = page.pagingState();
    if (state == null || page.size() > 0 || !state.equals(askedWith)) {
      return 0;
    }
    int now = before + 1;
    if (now >= LIMIT) {
      throw new PagingStuck(page.executionInfo().coordinator().endpoint(), now);
    }
    return now;
  }
}
