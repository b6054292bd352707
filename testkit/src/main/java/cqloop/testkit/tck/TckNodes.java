package cqloop.testkit.tck;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import io.vertx.core.net.SocketAddress;
import java.util.UUID;

/** Value. Nodes for tests: node n has the host id 0-n, the address 10.x.y.z and the port 9042. */
public final class TckNodes {

  private TckNodes() {}

  /** Returns node {@code index}, which is up. */
  public static Node node(int index, String datacenter, String rack) {
    return new Node(
        index,
        new UUID(0, index),
        SocketAddress.inetSocketAddress(9042, address(index)),
        datacenter,
        rack,
        "5.0.9",
        NodeState.UP);
  }

  /** Returns the address of node {@code index}. */
  public static String address(int index) {
    int host = index + 1;
    return "10." + (host >> 16) + "." + (host >> 8 & 255) + "." + (host & 255);
  }
}
