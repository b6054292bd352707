package cqloop.error;

import org.jspecify.annotations.Nullable;

/** A connection to a node could not be opened. No request was written to it. */
public final class ConnectionFailed extends CqlException {

  private final String node;

  /**
   * @param node where to, as {@code host:port} or, as {@link cqloop.metadata.Node#label()} gives
   *     it, {@code name (host:port)}
   * @param problem what went wrong, in words
   */
  public ConnectionFailed(String node, String problem, @Nullable Throwable cause) {
    super("Could not connect to %s: %s".formatted(node, problem), cause);
    this.node = NodeText.endpointOf(node);
  }

  /** Returns the node as {@code host:port}. */
  public String node() {
    return node;
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.TRANSPORT;
  }
}
