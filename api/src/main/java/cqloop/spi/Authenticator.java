package cqloop.spi;

import io.vertx.core.net.SocketAddress;

/** Any thread. Proves to a node who is connecting. */
@FunctionalInterface
public interface Authenticator {

  /**
   * Begins the exchange of one connection.
   *
   * @param node the node
   * @param serverAuthenticator class name of the server's authenticator, as it names it
   */
  AuthSession begin(SocketAddress node, String serverAuthenticator);
}
