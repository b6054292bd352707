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

  /**
   * Hears that a node let the connection in and did not ask who it is: somebody has switched its
   * authentication off, or another server has taken its place. Default: nothing.
   *
   * @throws RuntimeException to refuse the node; {@link cqloop.error.AuthenticationFailed} is best
   */
  default void onNotAsked(SocketAddress node) {}
}
