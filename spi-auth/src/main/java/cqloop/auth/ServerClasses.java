package cqloop.auth;

import cqloop.error.AuthenticationFailed;
import cqloop.spi.AuthSession;
import cqloop.spi.PolicyConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value. The authenticators of servers that may be answered. A server whose certificate nobody
 * checks could ask for the password in clear text; a list keeps that to the classes one expects.
 */
final class ServerClasses {

  static final String KEY = "serverAuthenticators";

  /** The authenticator of DataStax Enterprise, which negotiates the mechanism first. */
  static final String DSE = "com.datastax.bdp.cassandra.auth.DseAuthenticator";

  private final List<String> allowed;

  private ServerClasses(List<String> allowed) {
    this.allowed = allowed;
  }

  static ServerClasses read(PolicyConfig config) {
    return new ServerClasses(config.texts(KEY));
  }

  /** Returns the failing exchange for a class that is not allowed, null for one that is. */
  @Nullable AuthSession refusal(SocketAddress node, String serverAuthenticator) {
    if (allowed.isEmpty() || allowed.contains(serverAuthenticator)) {
      return null;
    }
    return failing(
        node,
        "the server asks through '%s', which is not in '%s' %s; nothing was sent"
            .formatted(serverAuthenticator, KEY, allowed));
  }

  /** Returns an exchange that fails at its first token. */
  static AuthSession failing(SocketAddress node, String problem) {
    Future<Buffer> failure = failed(node, problem, null);
    return new AuthSession() {
      @Override
      public Future<Buffer> first() {
        return failure;
      }

      @Override
      public Future<Buffer> answer(@Nullable Buffer challenge) {
        return failure;
      }
    };
  }

  static <T> Future<T> failed(SocketAddress node, String problem, @Nullable Throwable cause) {
    return Future.failedFuture(new AuthenticationFailed(name(node), problem, cause));
  }

  /** Returns the address as {@code host:port}, or the path of a domain socket. */
  static String name(SocketAddress node) {
    return node.isInetSocket() ? node.host() + ":" + node.port() : node.path();
  }
}
