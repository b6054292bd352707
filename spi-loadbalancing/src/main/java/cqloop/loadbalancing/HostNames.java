package cqloop.loadbalancing;

import io.vertx.core.Vertx;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Any thread. The addresses of host names in lists, looked up once per session, on a worker. */
final class HostNames {

  private static final Logger LOG = LoggerFactory.getLogger(HostNames.class);

  private final Map<String, Set<String>> addresses = new ConcurrentHashMap<>();

  /** Begins to look up a name, if nobody did before. */
  void lookUp(String name, Vertx vertx) {
    if (addresses.putIfAbsent(name, Set.of()) != null) {
      return;
    }
    vertx
        .executeBlocking(() -> resolve(name), false)
        .onComplete(
            found -> addresses.put(name, found),
            failure ->
                LOG.warn(
                    "Host '%s' in a list of hosts has no address, so it stands for no node: %s"
                        .formatted(name, failure.getMessage())));
  }

  /** Returns the addresses of a name, as far as they are known by now. */
  Set<String> of(String name) {
    return addresses.getOrDefault(name, Set.of());
  }

  private static Set<String> resolve(String name) throws UnknownHostException {
    Set<String> found = new HashSet<>();
    for (InetAddress address : InetAddress.getAllByName(name)) {
      found.add(address.getHostAddress());
    }
    return found;
  }
}
