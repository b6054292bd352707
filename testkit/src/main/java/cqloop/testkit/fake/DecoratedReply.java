package cqloop.testkit.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Value. A reply with the optional blocks in front of it, in the order of the specification. */
final class DecoratedReply implements Reply {
  private final Reply inner;
  private final @Nullable UUID tracingId;
  private final List<String> warnings;
  private final Map<String, byte @Nullable []> payload;

  private DecoratedReply(
      Reply inner,
      @Nullable UUID tracingId,
      List<String> warnings,
      Map<String, byte @Nullable []> payload) {
    this.inner = inner;
    this.tracingId = tracingId;
    this.warnings = List.copyOf(warnings);
    this.payload = new LinkedHashMap<>(payload);
  }

  static Reply warnings(Reply reply, String... warnings) {
    DecoratedReply base = of(reply);
    return new DecoratedReply(base.inner, base.tracingId, List.of(warnings), base.payload);
  }

  static Reply payload(Reply reply, Map<String, byte @Nullable []> payload) {
    DecoratedReply base = of(reply);
    return new DecoratedReply(base.inner, base.tracingId, base.warnings, payload);
  }

  static Reply tracing(Reply reply, UUID tracingId) {
    DecoratedReply base = of(reply);
    return new DecoratedReply(base.inner, tracingId, base.warnings, base.payload);
  }

  /** The reply without decoration. */
  static Reply unwrap(Reply reply) {
    return reply instanceof DecoratedReply decorated ? decorated.inner : reply;
  }

  private static DecoratedReply of(Reply reply) {
    return reply instanceof DecoratedReply decorated
        ? decorated
        : new DecoratedReply(reply, null, List.of(), Map.of());
  }

  @Override
  public Opcode opcode() {
    return inner.opcode();
  }

  @Override
  public int flags() {
    return (tracingId == null ? 0 : Frame.FLAG_TRACING)
        | (warnings.isEmpty() ? 0 : Frame.FLAG_WARNINGS)
        | (payload.isEmpty() ? 0 : Frame.FLAG_PAYLOAD);
  }

  @Override
  public void writePrefix(WireWriter out, Context context) {
    if (tracingId != null) {
      out.writeUuid(tracingId);
    }
    if (!warnings.isEmpty()) {
      out.writeStringList(warnings);
    }
    if (!payload.isEmpty()) {
      out.writeBytesMap(payload);
    }
  }

  @Override
  public void writeBody(WireWriter out, Context context) {
    inner.writeBody(out, context);
  }
}
