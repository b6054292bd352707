package cqloop.netty.cluster;

import cqloop.error.CqlException;
import cqloop.error.HostResolutionFailed;
import cqloop.error.NoNodeAvailable;
import cqloop.metadata.Node;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. The nodes that a session knows before it has asked the cluster. Names stay
 * names: each look-up asks for their addresses anew, because a cluster may move as a whole.
 */
public final class ContactPoints {

  private static final Logger LOG = LoggerFactory.getLogger(ContactPoints.class);

  private final List<HostAndPort> points;
  private final @Nullable NameService names;
  private final @Nullable HostNames hostNames;

  /**
   * @param points hosts in the order in which they are to be tried, each once
   * @param names looks names up, or null when a proxy in front of the nodes knows them by name
   * @param reverse whether to look up the names of addresses, too
   */
  public ContactPoints(List<HostAndPort> points, @Nullable NameService names, boolean reverse) {
    this.points = List.copyOf(points);
    this.names = names;
    this.hostNames = reverse && names != null ? new HostNames(names) : null;
  }

  /** Puts names beside addresses where the options ask for it; it never fails. */
  <K> Future<Map<K, SocketAddress>> nameAll(Map<K, SocketAddress> addresses) {
    return hostNames == null ? Future.succeededFuture(addresses) : hostNames.nameAll(addresses);
  }

  /**
   * Returns a node for every address of every contact point, each address once. A name that cannot
   * be looked up is logged and left out; when nothing is left the future fails, with {@link
   * HostResolutionFailed} or, when several names were asked for, with {@link NoNodeAvailable}.
   */
  public Future<List<Node>> resolve() {
    List<Future<List<InetAddress>>> lookups = new ArrayList<>(points.size());
    for (HostAndPort point : points) {
      lookups.add(
          names == null || isLiteral(point.host())
              ? Future.succeededFuture(List.of())
              : names.addressesOf(point.host()));
    }
    return Future.join(lookups).transform((all, failure) -> gather(lookups));
  }

  /** Ends the look-ups under way: the session is closed. */
  public Future<Void> close() {
    return names == null ? Future.succeededFuture() : names.close();
  }

  private Future<List<Node>> gather(List<Future<List<InetAddress>>> lookups) {
    Map<String, SocketAddress> nodes = new LinkedHashMap<>();
    Map<String, CqlException> failures = new LinkedHashMap<>();
    for (int i = 0; i < points.size(); i++) {
      HostAndPort point = points.get(i);
      Future<List<InetAddress>> lookup = lookups.get(i);
      if (lookup.failed()) {
        failures.put(point.host() + ":" + point.port(), asFailure(point, lookup.cause()));
      } else if (names == null || isLiteral(point.host())) {
        add(nodes, SocketAddress.inetSocketAddress(point.port(), point.host()));
      } else {
        for (InetAddress address : lookup.result()) {
          add(nodes, named(point, address));
        }
      }
    }
    if (nodes.isEmpty() && !failures.isEmpty()) {
      return Future.failedFuture(
          failures.size() == 1
              ? failures.values().iterator().next()
              : new NoNodeAvailable(failures));
    }
    failures.values().forEach(failure -> LOG.warn(failure.getMessage()));
    return nameAll(nodes).map(named -> nodesAt(nodes.keySet(), named));
  }

  /** Keeps the order of the contact points. */
  private static List<Node> nodesAt(Set<String> endpoints, Map<String, SocketAddress> addresses) {
    List<Node> nodes = new ArrayList<>(endpoints.size());
    for (String endpoint : endpoints) {
      nodes.add(Node.at(nodes.size(), Objects.requireNonNull(addresses.get(endpoint))));
    }
    return nodes;
  }

  private static void add(Map<String, SocketAddress> nodes, SocketAddress address) {
    nodes.putIfAbsent(Node.at(0, address).endpoint(), address);
  }

  /** Keeps the name beside the address: certificates are checked against it. */
  private static SocketAddress named(HostAndPort point, InetAddress address) {
    return named(point.host(), address, point.port());
  }

  static SocketAddress named(String name, InetAddress address, int port) {
    try {
      InetAddress both = InetAddress.getByAddress(name, address.getAddress());
      return SocketAddress.inetSocketAddress(new InetSocketAddress(both, port));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address has 4 or 16 bytes", e);
    }
  }

  private static CqlException asFailure(HostAndPort point, Throwable cause) {
    return cause instanceof CqlException known
        ? known
        : new HostResolutionFailed(point.host(), String.valueOf(cause.getMessage()), cause);
  }

  private static boolean isLiteral(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }
}
