package cqloop.testkit.fake;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. A message of the server, before it is laid out for a connection. See {@link Replies} for
 * the ready ones; a lambda cannot make one because a reply also names its opcode.
 */
public interface Reply {
  /**
   * Value. What a reply is laid out for.
   *
   * @param dialect the layout of the connection
   * @param request the request that is answered, or null for an event
   */
  record Context(Dialect dialect, @Nullable Request request) {}

  /** The message kind. */
  Opcode opcode();

  /** Writes the message, without the blocks of the flags in front of it. */
  void writeBody(WireWriter out, Context context);

  /** The bits of the frame's flags that announce blocks in front of the message. */
  default int flags() {
    return 0;
  }

  /** Writes the blocks that {@link #flags} announces. */
  default void writePrefix(WireWriter out, Context context) {}

  /** This reply with warnings. */
  default Reply withWarnings(String... warnings) {
    return DecoratedReply.warnings(this, warnings);
  }

  /** This reply with a custom payload. */
  default Reply withPayload(Map<String, byte @Nullable []> payload) {
    return DecoratedReply.payload(this, payload);
  }

  /** This reply with a tracing id. */
  default Reply withTracingId(UUID tracingId) {
    return DecoratedReply.tracing(this, tracingId);
  }

  /** The frame of this reply, with an uncompressed body. */
  default Frame toFrame(Context context, int streamId) {
    WireWriter out = new WireWriter();
    writePrefix(out, context);
    writeBody(out, context);
    int version = context.dialect().version().code() | Frame.RESPONSE_BIT;
    return new Frame(version, flags(), streamId, opcode().code(), out.toBytes());
  }
}
