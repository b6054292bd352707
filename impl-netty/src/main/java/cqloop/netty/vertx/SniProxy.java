package cqloop.netty.vertx;

import cqloop.netty.tls.TlsPeer;
import io.vertx.core.net.SocketAddress;

/**
 * Value. A proxy that all nodes are behind. Whom a connection is for, it reads from the name that
 * TLS carries (SNI): the id of the node. The certificate must be that of the proxy.
 *
 * @param host of the proxy, resolved anew for each connection
 */
public record SniProxy(String host, int port) {

  SocketAddress address() {
    return SocketAddress.inetSocketAddress(port, host);
  }

  /**
   * Returns whom to expect at the way to this node. A session of TLS is kept to be resumed under
   * host and port, and resumed it would lead to the node that it began with: so each node has a
   * port of its own here, which nothing connects to.
   */
  TlsPeer peer(String nodeId) {
    return new TlsPeer(host, nodeId.hashCode() & Integer.MAX_VALUE, nodeId);
  }
}
