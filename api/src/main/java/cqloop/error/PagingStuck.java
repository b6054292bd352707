package cqloop.error;

/**
 * A node leads from one paging state to the same one, again and again, without a row: reading on
 * would never end. What was read so far is right; a new read from the start may go better.
 */
public final class PagingStuck extends CqlException {

  private final String node;

  /**
   * @param node the node that sent the last page, as {@code host:port}
   * @param pages how many pages in a row led nowhere
   */
  public PagingStuck(String node, int pages) {
    super(
        "%s sent %s pages in a row without a row and with the paging state it was asked with;"
                .formatted(node, pages)
            + " read again from the start, perhaps from another node");
    this.node = node;
  }

  /** Returns the node as {@code host:port}. */
  public String node() {
    return node;
  }

  @Override
  public boolean mayHaveBeenExecuted() {
    return true;
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.SERVER;
  }
}
