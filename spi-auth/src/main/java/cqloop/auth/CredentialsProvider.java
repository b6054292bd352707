package cqloop.auth;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;

/**
 * Any thread. Gives the credentials of one connection; asked for each new one, so that passwords
 * may change and tokens may expire. It must not block: what waits completes the future later.
 */
@FunctionalInterface
public interface CredentialsProvider {

  /**
   * Returns credentials for a connection to this node, new for each call: they are wiped after use.
   */
  Future<Credentials> credentials(SocketAddress node);
}
