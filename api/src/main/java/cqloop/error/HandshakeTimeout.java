package cqloop.error;

import java.time.Duration;

/**
 * A connection was open, but the node did not answer a step of the start of the protocol in time.
 */
public final class HandshakeTimeout extends CqlException {

  private final String node;
  private final String step;
  private final Duration limit;

  /**
   * @param node where to, as {@code host:port} or, as {@link cqloop.metadata.Node#label()} gives
   *     it, {@code name (host:port)}
   * @param step what was waited for, for example {@code STARTUP}
   */
  public HandshakeTimeout(String node, String step, Duration limit) {
    super(
        "Handshake with %s: no answer to %s within %s ms".formatted(node, step, limit.toMillis()));
    this.node = NodeText.endpointOf(node);
    this.step = step;
    this.limit = limit;
  }

  /** Returns the node as {@code host:port}. */
  public String node() {
    return node;
  }

  /** Returns the step that got no answer, for example {@code STARTUP}. */
  public String step() {
    return step;
  }

  /** Returns the limit of one step. */
  public Duration limit() {
    return limit;
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.TIMEOUT;
  }
}
