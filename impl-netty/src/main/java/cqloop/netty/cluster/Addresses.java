package cqloop.netty.cluster;

import cqloop.metadata.Node;
import cqloop.spi.AddressTranslator;
import io.vertx.core.Future;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Home-loop-owned. The addresses at which announced nodes can be reached. */
final class Addresses {

  private static final Logger LOG = LoggerFactory.getLogger(Addresses.class);

  private Addresses() {}

  /** Returns the translated address of each row; a row whose translation fails has none. */
  static Future<Map<NodeRow, SocketAddress>> translate(
      List<NodeRow> rows, AddressTranslator translator) {
    List<Future<SocketAddress>> futures = new ArrayList<>(rows.size());
    for (NodeRow row : rows) {
      futures.add(translate(row, translator));
    }
    return Future.join(futures)
        .transform(
            (all, failure) -> {
              Map<NodeRow, SocketAddress> addresses = new HashMap<>();
              for (int i = 0; i < rows.size(); i++) {
                Future<SocketAddress> translated = futures.get(i);
                if (translated.succeeded()) {
                  addresses.put(rows.get(i), translated.result());
                } else {
                  LOG.warn(
                      "The address of node %s could not be translated: %s"
                          .formatted(rows.get(i).hostId(), translated.cause().getMessage()));
                }
              }
              return Future.succeededFuture(addresses);
            });
  }

  /** Returns the address of an event as {@code host:port}. */
  static String endpointOf(InetSocketAddress address) {
    String host =
        address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress();
    return Node.at(0, SocketAddress.inetSocketAddress(address.getPort(), host)).endpoint();
  }

  private static Future<SocketAddress> translate(NodeRow row, AddressTranslator translator) {
    SocketAddress announced = row.address();
    if (announced == null) {
      return Future.failedFuture("it announces no address");
    }
    try {
      return translator.translate(
          new AddressTranslator.Announced(announced, row.hostId(), row.datacenter(), row.rack()));
    } catch (RuntimeException refused) {
      return Future.failedFuture(refused);
    }
  }
}
