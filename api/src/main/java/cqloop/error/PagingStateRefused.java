package cqloop.error;

/**
 * A paging state that came from outside is not one that the application has given out for this
 * statement: it was changed or made up, belongs to another statement, or is too old. Why exactly is
 * not told apart where that would help a forger.
 */
public final class PagingStateRefused extends CqlException {

  private final boolean expired;

  /**
   * @param expired whether it is genuine and too old
   */
  public PagingStateRefused(boolean expired) {
    super(
        expired
            ? "The paging state is too old; begin again with the first page"
            : "The paging state was not given out for this statement; begin again with the first"
                + " page");
    this.expired = expired;
  }

  /** Tells whether it is genuine and too old. */
  public boolean isExpired() {
    return expired;
  }
}
