package cqloop.netty.cluster;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Home-loop-owned. Puts names beside the addresses of nodes, by reverse DNS, where the options ask
 * for it. What was found stays for the life of the session; an address without a name is asked for
 * again at the next reading.
 */
final class HostNames {

  private static final Logger LOG = LoggerFactory.getLogger(HostNames.class);

  /** Addresses may come and go without end; the names can be asked for anew. */
  private static final int MAX_KNOWN = 10_000;

  private final NameService names;
  private final Map<String, String> known = new HashMap<>();

  HostNames(NameService names) {
    this.names = names;
  }

  /** Returns the same addresses with the names that were found; it never fails. */
  <K> Future<Map<K, SocketAddress>> nameAll(Map<K, SocketAddress> addresses) {
    Map<K, SocketAddress> named = new HashMap<>(addresses);
    List<Future<SocketAddress>> lookups = new ArrayList<>();
    addresses.forEach(
        (key, address) ->
            lookups.add(name(address).onSuccess(withName -> named.put(key, withName))));
    return Future.join(lookups).transform((all, failure) -> Future.succeededFuture(named));
  }

  /** Returns the same address with its name where one was found; it never fails. */
  Future<SocketAddress> name(SocketAddress address) {
    String literal = address.hostAddress();
    if (literal == null || address.hostName() != null) {
      return Future.succeededFuture(address);
    }
    InetAddress ip = parsed(literal);
    String before = known.get(literal);
    if (before != null) {
      return Future.succeededFuture(ContactPoints.named(before, ip, address.port()));
    }
    return names
        .nameOf(ip)
        .map(
            name -> {
              if (known.size() >= MAX_KNOWN) {
                known.clear();
              }
              known.put(literal, name);
              return ContactPoints.named(name, ip, address.port());
            })
        .recover(
            failure -> {
              LOG.debug(failure.getMessage());
              return Future.succeededFuture(address);
            });
  }

  private static InetAddress parsed(String literal) {
    try {
      return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(literal));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("'" + literal + "' is no address", e);
    }
  }
}
