package com.acme.token;

import cqloop.error.AuthenticationFailed;
import cqloop.spi.AuthSession;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Loop-owned. One log-in: SASL PLAIN (RFC 4616) with the token as the password. */
final class TokenSession implements AuthSession {

  private final Vertx vertx;
  private final SocketAddress node;
  private final String username;
  private final String file;

  private @Nullable Buffer sent;
  private boolean closed;

  TokenSession(Vertx vertx, SocketAddress node, String username, String file) {
    this.vertx = vertx;
    this.node = node;
    this.username = username;
    this.file = file;
  }

  @Override
  public Future<Buffer> first() {
    // The file system of Vert.x reads on a worker: a loop must never wait.
    return vertx
        .fileSystem()
        .readFile(file)
        .transform(
            (token, failure) ->
                failure == null
                    ? message(token)
                    : failed("the token in '" + file + "' cannot be read", failure));
  }

  @Override
  public Future<Buffer> answer(@Nullable Buffer challenge) {
    return failed("the server wants more than a token", null);
  }

  @Override
  public void close() {
    closed = true;
    if (sent != null) {
      wipe(sent);
    }
  }

  private Future<Buffer> message(Buffer token) {
    int end = token.length();
    while (end > 0 && token.getByte(end - 1) <= ' ') {
      end--;
    }
    Buffer message = Buffer.buffer(username.length() * 3 + end + 2);
    message.appendByte((byte) 0).appendString(username).appendByte((byte) 0);
    message.appendBuffer(token, 0, end);
    wipe(token);
    if (closed) {
      wipe(message);
      return failed("the exchange was ended", null);
    }
    sent = message;
    return Future.succeededFuture(message);
  }

  private <T> Future<T> failed(String problem, @Nullable Throwable cause) {
    return Future.failedFuture(
        new AuthenticationFailed(node.host() + ":" + node.port(), problem, cause));
  }

  private static void wipe(Buffer secret) {
    for (int i = 0; i < secret.length(); i++) {
      secret.setByte(i, (byte) 0);
    }
  }
}
