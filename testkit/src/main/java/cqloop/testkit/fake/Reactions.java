package cqloop.testkit.fake;

import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Value. The ready reactions. */
public final class Reactions {
  private static final Future<Void> DONE = Future.succeededFuture();

  private Reactions() {}

  /** Answers. */
  public static Reaction reply(Reply reply) {
    return exchange -> exchange.send(reply);
  }

  /** Answers with what a function makes of the request. */
  public static Reaction answer(Function<Request, Reply> function) {
    return exchange -> exchange.send(function.apply(exchange.request()));
  }

  /** Does what the node would have done without a rule. */
  public static Reaction byDefault() {
    return Exchange::answerByDefault;
  }

  /** Waits. */
  public static Reaction delay(long millis) {
    return exchange -> exchange.delay(millis);
  }

  /** Never answers. */
  public static Reaction drop() {
    return exchange -> DONE;
  }

  /** Closes the connection with FIN. */
  public static Reaction close() {
    return exchange -> exchange.connection().close();
  }

  /** Closes the connection with RST. */
  public static Reaction reset() {
    return exchange -> exchange.connection().reset();
  }

  /** Sends FIN and goes on reading. */
  public static Reaction halfClose() {
    return exchange -> exchange.connection().halfClose();
  }

  /** Stops reading from the connection. */
  public static Reaction stopReading() {
    return exchange -> exchange.connection().stopReading();
  }

  /** Writes only the first bytes of the answer; nothing more is ever written there. */
  public static Reaction cutAndStall(Reply reply, int bytes) {
    return exchange -> {
      Future<Void> written = part(exchange, reply, bytes);
      exchange.connection().mute();
      return written;
    };
  }

  /** Writes only the first bytes of the answer, then closes with FIN. */
  public static Reaction cutAndClose(Reply reply, int bytes) {
    return exchange -> part(exchange, reply, bytes).compose(v -> exchange.connection().close());
  }

  /** Writes only the first bytes of the answer, then closes with RST. */
  public static Reaction cutAndReset(Reply reply, int bytes) {
    return exchange -> part(exchange, reply, bytes).compose(v -> exchange.connection().reset());
  }

  /** Writes these bytes as they are. */
  public static Reaction raw(byte... bytes) {
    byte[] copy = bytes.clone();
    return exchange -> exchange.connection().write(copy);
  }

  /** Writes what a function makes of the bytes that a true answer would have. */
  public static Reaction forge(Reply reply, Function<byte[], byte[]> forger) {
    return exchange -> exchange.connection().write(forger.apply(exchange.encode(reply)));
  }

  /** Writes a frame that a function makes of the true one, compressed and in segments as usual. */
  public static Reaction forgeFrame(Reply reply, Function<Frame, Frame> forger) {
    return exchange -> {
      Frame forged = forger.apply(exchange.frame(reply));
      return exchange.connection().write(exchange.connection().encode(forged));
    };
  }

  /** Answers on another stream. */
  public static Reaction onStream(int streamId, Reply reply) {
    return exchange -> exchange.send(reply, streamId);
  }

  /** Answers twice. */
  public static Reaction twice(Reply reply) {
    return reply(reply).then(reply(reply));
  }

  /** Flips the lowest bit of one byte of what a true answer would write. */
  public static Reaction corruptByte(Reply reply, int offset) {
    return forge(
        reply,
        bytes -> {
          bytes[offset] ^= 1;
          return bytes;
        });
  }

  /** Spoils the checksum of the payload; only v5 has one. */
  public static Reaction corruptPayloadChecksum(Reply reply) {
    return forge(
        reply,
        bytes -> {
          bytes[bytes.length - 1] ^= 1;
          return bytes;
        });
  }

  /** Spoils the checksum of the segment header; only v5 has one. */
  public static Reaction corruptHeaderChecksum(Reply reply) {
    return exchange -> {
      byte[] bytes = exchange.encode(reply);
      boolean lz4 = exchange.connection().compression() == Compression.LZ4;
      bytes[lz4 ? Segments.LZ4_HEADER_BYTES : Segments.HEADER_BYTES] ^= 1;
      return exchange.connection().write(bytes);
    };
  }

  /** Writes the answer in parts of {@code bytes}, with a pause after each so that they stay so. */
  public static Reaction split(Reply reply, int bytes, long pauseMillis) {
    return exchange -> {
      byte[] whole = exchange.encode(reply);
      Future<Void> written = DONE;
      for (int from = 0; from < whole.length; from += bytes) {
        byte[] part = Arrays.copyOfRange(whole, from, Math.min(whole.length, from + bytes));
        written =
            written.compose(
                v ->
                    exchange.connection().write(part).compose(done -> exchange.delay(pauseMillis)));
      }
      return written.onComplete(
          done -> exchange.connection().afterReply(reply, exchange.request()));
    };
  }

  /** Writes the answer in two parts, cut at an offset, with a pause between them. */
  public static Reaction splitAt(Reply reply, int offset, long pauseMillis) {
    return exchange -> {
      byte[] whole = exchange.encode(reply);
      int cut = Math.min(offset, whole.length);
      return exchange
          .connection()
          .write(Arrays.copyOfRange(whole, 0, cut))
          .compose(v -> exchange.delay(pauseMillis))
          .compose(
              v -> {
                Future<Void> rest =
                    exchange.connection().write(Arrays.copyOfRange(whole, cut, whole.length));
                exchange.connection().afterReply(reply, exchange.request());
                return rest;
              });
    };
  }

  /**
   * Holds answers back until there are {@code count} on the connection, then writes them at once.
   */
  public static Reaction coalesce(int count, Reply reply) {
    return exchange -> exchange.connection().coalesce(exchange.frame(reply), count);
  }

  /** Pushes an event on the same connection, whether it registered for it or not. */
  public static Reaction pushEvent(Reply event) {
    return exchange -> exchange.connection().push(event);
  }

  /** The n-th time the n-th reaction; the last one is repeated. */
  public static Reaction inTurn(Reaction... reactions) {
    List<Reaction> turns = List.of(reactions);
    int[] next = {0};
    return exchange -> {
      int turn = Math.min(next[0], turns.size() - 1);
      next[0] = turn + 1;
      return turns.get(turn).run(exchange);
    };
  }

  private static Future<Void> part(Exchange exchange, Reply reply, int bytes) {
    byte[] whole = exchange.encode(reply);
    return exchange.connection().write(Arrays.copyOf(whole, Math.min(bytes, whole.length)));
  }
}
