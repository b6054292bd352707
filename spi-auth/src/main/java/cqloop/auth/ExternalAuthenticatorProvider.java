package cqloop.auth;

import cqloop.spi.AuthSession;
import cqloop.spi.Authenticator;
import cqloop.spi.AuthenticatorProvider;
import cqloop.spi.PolicyConfig;
import cqloop.spi.PolicyContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Provides {@code external}: the certificate of this client has already told who it is, as for the
 * {@code MutualTlsAuthenticator} of Cassandra 5. A server that asks nevertheless gets the
 * authorization id alone (RFC 4422, mechanism EXTERNAL).
 */
public final class ExternalAuthenticatorProvider implements AuthenticatorProvider {

  @Override
  public String name() {
    return "external";
  }

  @Override
  public Authenticator create(PolicyContext context) {
    PolicyConfig config = PolicyConfig.of(context, "authorizationId", ServerClasses.KEY);
    String actAs = Objects.requireNonNullElse(config.text("authorizationId", null), "");
    ServerClasses serverClasses = ServerClasses.read(config);
    return (node, serverAuthenticator) -> {
      AuthSession refusal = serverClasses.refusal(node, serverAuthenticator);
      return refusal == null ? new Session(node, actAs) : refusal;
    };
  }

  /** Loop-owned. One token, no secret. */
  private record Session(SocketAddress node, String actAs) implements AuthSession {
    @Override
    public Future<Buffer> first() {
      return Future.succeededFuture(Buffer.buffer(actAs));
    }

    @Override
    public Future<Buffer> answer(@Nullable Buffer challenge) {
      return ServerClasses.failed(
          node,
          "the server wants more than the certificate of this client; it may not know its identity",
          null);
    }
  }
}
