package cqloop.loadbalancing;

import cqloop.metadata.Node;
import cqloop.spi.PolicyContext;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Loop-owned. Tells whether a node is in a list of hosts. Names are looked up in the background:
 * until that is done they stand for the nodes that are known by that very name.
 */
final class HostList implements Predicate<Node> {

  private final List<HostText> hosts;
  private final HostNames names;

  private HostList(List<HostText> hosts, HostNames names) {
    this.hosts = hosts;
    this.names = names;
  }

  static HostList of(String key, List<String> texts, PolicyContext context) {
    HostNames names = context.shared(HostNames.class, HostNames::new);
    List<HostText> hosts = new ArrayList<>();
    for (String text : texts) {
      HostText host = HostText.parse(key, text);
      hosts.add(host);
      if (!host.isAddress()) {
        names.lookUp(host.host(), context.vertx());
      }
    }
    return new HostList(List.copyOf(hosts), names);
  }

  @Override
  public boolean test(Node node) {
    SocketAddress address = node.address();
    if (!address.isInetSocket()) {
      return false;
    }
    String name = HostText.canonical(address.host());
    String resolved =
        address.hostAddress() == null ? name : HostText.canonical(address.hostAddress());
    for (HostText host : hosts) {
      if ((host.port() == HostText.NO_PORT || host.port() == address.port())
          && (host.host().equals(name)
              || host.host().equals(resolved)
              || names.of(host.host()).contains(resolved))) {
        return true;
      }
    }
    return false;
  }
}
