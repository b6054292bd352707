package cqloop.auth;

import cqloop.spi.AuthSession;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The exchange of one connection: the token at once, or, where the server negotiates,
 * the name of the mechanism and the token as the answer to {@code PLAIN-START}.
 */
final class PlainSession implements AuthSession {

  private static final String MECHANISM = "PLAIN";
  private static final String START = "PLAIN-START";

  private final SocketAddress node;
  private final CredentialsProvider credentials;
  private final String authorizationId;
  private final boolean mechanismFirst;

  private boolean tokenAsked;
  private boolean closed;
  private @Nullable Buffer token;

  PlainSession(
      SocketAddress node,
      CredentialsProvider credentials,
      String authorizationId,
      boolean mechanismFirst) {
    this.node = node;
    this.credentials = credentials;
    this.authorizationId = authorizationId;
    this.mechanismFirst = mechanismFirst;
  }

  @Override
  public Future<Buffer> first() {
    return mechanismFirst ? Future.succeededFuture(Buffer.buffer(MECHANISM)) : token();
  }

  @Override
  public Future<Buffer> answer(@Nullable Buffer challenge) {
    if (mechanismFirst && !tokenAsked && challenge != null && isStart(challenge)) {
      return token();
    }
    // What the server wants to know is not shown: it could be an echo of the token.
    return ServerClasses.failed(
        node,
        tokenAsked
            ? "the server sent one more challenge after user and password"
            : "the server did not answer the mechanism PLAIN with " + START,
        null);
  }

  @Override
  public void close() {
    closed = true;
    if (token != null) {
      PlainToken.wipe(token);
      token = null;
    }
  }

  private Future<Buffer> token() {
    tokenAsked = true;
    Future<Credentials> given;
    try {
      given = credentials.credentials(node);
    } catch (RuntimeException e) {
      given = Future.failedFuture(e);
    }
    return given.transform(
        result ->
            result.failed()
                ? ServerClasses.failed(node, "there are no credentials", result.cause())
                : encode(result.result()));
  }

  private Future<Buffer> encode(Credentials given) {
    try {
      Buffer encoded = PlainToken.of(authorizationId, given);
      if (closed) {
        PlainToken.wipe(encoded);
        return ServerClasses.failed(node, "the exchange was ended", null);
      }
      token = encoded;
      return Future.succeededFuture(encoded);
    } catch (IllegalArgumentException e) {
      return ServerClasses.failed(node, "the credentials cannot be sent", e);
    } finally {
      given.wipe();
    }
  }

  private static boolean isStart(Buffer challenge) {
    return challenge.length() == START.length() && challenge.toString().equals(START);
  }
}
