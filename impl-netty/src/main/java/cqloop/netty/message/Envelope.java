package cqloop.netty.message;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. What surrounds a request in its frame.
 *
 * @param tracing whether the server records a trace
 * @param payload custom payload for the server's query handler, null for none; values may be null
 */
public record Envelope(boolean tracing, @Nullable Map<String, Buffer> payload) {

  /** Neither tracing nor payload. */
  public static final Envelope PLAIN = new Envelope(false, null);
}
