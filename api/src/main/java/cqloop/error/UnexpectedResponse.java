package cqloop.error;

/**
 * A node answered a request with a message that is legal in itself, but does not answer that
 * request. The request may have been executed.
 */
public final class UnexpectedResponse extends CqlException {

  private final String node;

  /**
   * @param node the node as {@code host:port} or, as {@link cqloop.metadata.Node#label()} gives it,
   *     {@code name (host:port)}
   * @param request what was sent, for example {@code PREPARE}
   * @param response what came, for example {@code RESULT void}
   */
  public UnexpectedResponse(String node, String request, String response) {
    super("%s answered %s with %s".formatted(node, request, response));
    this.node = NodeText.endpointOf(node);
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
