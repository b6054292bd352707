package cqloop.error;

import org.jspecify.annotations.Nullable;

/**
 * Who we are could not be proved to a node: it refused, or the authenticator could not answer, or
 * none is configured.
 */
public final class AuthenticationFailed extends CqlException {

  private final String node;

  /**
   * @param node which node, as {@code host:port} or, as {@link cqloop.metadata.Node#label()} gives
   *     it, {@code name (host:port)}
   * @param problem what went wrong, in words; never a credential
   */
  public AuthenticationFailed(String node, String problem, @Nullable Throwable cause) {
    super("Authentication to %s failed: %s".formatted(node, problem), cause);
    this.node = NodeText.endpointOf(node);
  }

  /** Returns the node as {@code host:port}. */
  public String node() {
    return node;
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.AUTH;
  }
}
