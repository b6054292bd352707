package cqloop.error;

import org.jspecify.annotations.Nullable;

/** A connection was lost or closed while a request waited on it. */
public final class ConnectionClosed extends CqlException {

  private final String node;
  private final boolean written;

  /**
   * @param node the other end, as {@code host:port}
   * @param problem why it was closed, in words
   * @param written whether any byte of the request may have left this side
   */
  public ConnectionClosed(String node, String problem, boolean written, @Nullable Throwable cause) {
    super(
        "Connection to %s closed %s: %s"
            .formatted(
                node,
                written ? "before the answer came" : "before the request was written",
                problem),
        cause);
    this.node = node;
    this.written = written;
  }

  /** Returns the node as {@code host:port}. */
  public String node() {
    return node;
  }

  /** True when the request may have been written, or when an earlier attempt may have run. */
  @Override
  public boolean mayHaveBeenExecuted() {
    return written || super.mayHaveBeenExecuted();
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.TRANSPORT;
  }
}
