package cqloop.error;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Another node answers at an address than the one that the cluster names: nodes have changed places
 * or the address was given to another cluster. The connection was closed before any request was
 * written to it, and the session reads the cluster again.
 */
public final class WrongNode extends CqlException {

  private final String node;
  private final UUID expected;
  private final @Nullable UUID answered;

  /**
   * @param node where the connection led to, as {@code host:port} or, as {@link
   *     cqloop.metadata.Node#label()} gives it, {@code name (host:port)}
   * @param expected the host that should be there
   * @param answered the host that is there, null when it did not tell
   * @param problem what differs, in words
   */
  public WrongNode(String node, UUID expected, @Nullable UUID answered, String problem) {
    super(
        "%s is not the node that was expected there: %s. The cluster is read again; if this address"
                .formatted(node, problem)
            + " stands for many nodes, set the option connection.verifyHostId to false");
    this.node = NodeText.endpointOf(node);
    this.expected = expected;
    this.answered = answered;
  }

  /** Returns where the connection led to, as {@code host:port}. */
  public String node() {
    return node;
  }

  /** Returns the id of the host that should be there. */
  public UUID expectedHostId() {
    return expected;
  }

  /** Returns the id of the host that is there, or null when it did not tell. */
  public @Nullable UUID hostId() {
    return answered;
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.TRANSPORT;
  }
}
