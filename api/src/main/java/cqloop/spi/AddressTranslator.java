package cqloop.spi;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Loop-owned. Turns the address that a node announces into one that this application can reach. */
@FunctionalInterface
public interface AddressTranslator {

  /** Returns the address to connect to. A failure leaves the node out and is logged. */
  Future<SocketAddress> translate(Announced node);

  /**
   * Value. What the cluster says of a node.
   *
   * @param address address it announces
   * @param hostId its identity, or null when not known
   * @param datacenter its data centre, empty when not known
   * @param rack its rack, empty when not known
   */
  record Announced(SocketAddress address, @Nullable UUID hostId, String datacenter, String rack) {}
}
