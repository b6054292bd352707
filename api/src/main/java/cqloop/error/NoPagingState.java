package cqloop.error;

/** The next page was asked for, but the result has no more pages. */
public final class NoPagingState extends CqlException {

  public NoPagingState() {
    super("The result has no more pages; ask hasMorePages before the next one");
  }
}
