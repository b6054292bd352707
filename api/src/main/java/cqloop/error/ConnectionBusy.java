package cqloop.error;

/** Every connection to a node has as many requests in flight as it may have. */
public final class ConnectionBusy extends CqlException {

  private final String node;
  private final int limit;

  /**
   * @param node the node as {@code host:port}
   * @param limit how many requests one connection may have in flight
   */
  public ConnectionBusy(String node, int limit) {
    super("busy: no connection to %s has fewer than %s requests in flight".formatted(node, limit));
    this.node = node;
    this.limit = limit;
  }

  /** Returns the node as {@code host:port}. */
  public String node() {
    return node;
  }

  /** Returns how many requests one connection may have in flight. */
  public int limit() {
    return limit;
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.BUSY;
  }
}
