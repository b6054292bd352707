package cqloop.error;

import cqloop.ProtocolVersion;
import java.util.List;

/** The node speaks none of the protocol versions that it was offered. */
public final class UnsupportedProtocolVersion extends CqlException {

  private final String node;
  private final List<ProtocolVersion> tried;
  private final String serverAnswer;

  /**
   * @param node the node as {@code host:port} or, as {@link cqloop.metadata.Node#label()} gives it,
   *     {@code name (host:port)}
   * @param tried the versions offered, in that order
   * @param serverAnswer what the server said to the last of them
   */
  public UnsupportedProtocolVersion(String node, List<ProtocolVersion> tried, String serverAnswer) {
    super(
        "%s accepts none of the protocol versions %s. Server says: %s"
            .formatted(node, tried, serverAnswer));
    this.node = NodeText.endpointOf(node);
    this.tried = List.copyOf(tried);
    this.serverAnswer = serverAnswer;
  }

  /** Returns the node as {@code host:port}. */
  public String node() {
    return node;
  }

  /** Returns the versions that were offered, in that order. */
  public List<ProtocolVersion> tried() {
    return tried;
  }

  /** Returns what the server said to the last of them. */
  public String serverAnswer() {
    return serverAnswer;
  }
}
