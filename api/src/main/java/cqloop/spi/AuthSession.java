package cqloop.spi;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The exchange of one connection. What may wait, such as a login, runs elsewhere and
 * completes the future, on any thread.
 */
public interface AuthSession {

  /** Returns the first token. */
  Future<Buffer> first();

  /**
   * Returns the answer to a challenge; the challenge may be null where the server sends no bytes.
   */
  Future<Buffer> answer(@Nullable Buffer challenge);

  /** Takes the last token of the server, which accepted. */
  default Future<Void> onSuccess(@Nullable Buffer token) {
    return Future.succeededFuture();
  }

  /** Ends the exchange, whatever came of it: wipes secrets. */
  default void close() {}
}
