package cqloop.netty.cluster;

import cqloop.metadata.Node;
import cqloop.spi.AddressTranslator;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Home-loop-owned. The addresses at which announced nodes can be reached. */
final class Addresses {

  private static final Logger LOG = LoggerFactory.getLogger(Addresses.class);

  /** A translator may look names up; one that never answers must not stop every reading. */
  private static final long LIMIT_SECONDS = 5;

  private Addresses() {}

  /**
   * Returns the translated address of each row; a row whose translation fails, or takes longer than
   * the limit, has none.
   */
  static Future<Map<NodeRow, SocketAddress>> translate(
      List<NodeRow> rows, AddressTranslator translator, EventLoop loop) {
    List<Future<SocketAddress>> futures = new ArrayList<>(rows.size());
    for (NodeRow row : rows) {
      futures.add(translate(row, translator));
    }
    Promise<Void> ready = Promise.promise();
    ScheduledFuture<?> limit =
        loop.schedule(() -> ready.tryComplete(), LIMIT_SECONDS, TimeUnit.SECONDS);
    Future.join(futures)
        .onComplete(
            (all, failure) -> {
              limit.cancel(false);
              ready.tryComplete();
            });
    return ready.future().map(nothing -> gather(rows, futures));
  }

  private static Map<NodeRow, SocketAddress> gather(
      List<NodeRow> rows, List<Future<SocketAddress>> futures) {
    // By identity: rows hold hundreds of tokens, which their hash codes would go through.
    Map<NodeRow, SocketAddress> addresses = new IdentityHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Future<SocketAddress> translated = futures.get(i);
      SocketAddress address = translated.succeeded() ? translated.result() : null;
      if (address != null) {
        addresses.put(rows.get(i), address);
      } else {
        LOG.warn(
            "The address of node %s could not be translated: %s"
                .formatted(rows.get(i).hostId(), problem(translated)));
      }
    }
    return addresses;
  }

  private static String problem(Future<SocketAddress> translated) {
    if (!translated.isComplete()) {
      return "no answer of the translator within %s s".formatted(LIMIT_SECONDS);
    }
    return translated.failed()
        ? String.valueOf(translated.cause().getMessage())
        : "the translator gave no address";
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
      Future<SocketAddress> translated =
          translator.translate(
              new AddressTranslator.Announced(
                  announced, row.hostId(), row.datacenter(), row.rack()));
      // A translator is foreign code: null is possible whatever its contract says.
      return translated == null ? Future.failedFuture("the translator gave null") : translated;
    } catch (RuntimeException refused) {
      return Future.failedFuture(refused);
    }
  }
}
