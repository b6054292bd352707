package cqloop.metadata;

import io.vertx.core.net.SocketAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. A node of the cluster at one moment. Its identity is the host id: the address of a node
 * may change.
 *
 * @param hostId identity given by the server; null for a contact point that has not answered yet
 * @param address where its native transport listens, after address translation
 * @param datacenter name of its data centre, empty when not known yet
 * @param rack name of its rack, empty when not known yet
 * @param releaseVersion version of the server, for example {@code 5.0.9}; empty when not known yet
 * @param state what the driver believes of it
 */
public record Node(
    @Nullable UUID hostId,
    SocketAddress address,
    String datacenter,
    String rack,
    String releaseVersion,
    NodeState state) {

  /** Returns a node of which only the address is known. */
  public static Node at(SocketAddress address) {
    return new Node(null, address, "", "", "", NodeState.UNKNOWN);
  }

  /** Returns the address as {@code host:port}, for messages. */
  public String endpoint() {
    if (!address.isInetSocket()) {
      return address.path();
    }
    String host = address.host() == null ? address.hostAddress() : address.host();
    return host.indexOf(':') < 0 ? host + ":" + address.port() : "[" + host + "]:" + address.port();
  }

  /** Returns this node in another state. */
  public Node withState(NodeState newState) {
    return new Node(hostId, address, datacenter, rack, releaseVersion, newState);
  }
}
