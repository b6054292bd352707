package cqloop.netty.message;

import cqloop.netty.wire.BodyReader;
import cqloop.netty.wire.FrameHeader;
import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. What the flags of a frame announce in front of the message.
 *
 * @param tracingId id of the trace, null when none was asked for
 * @param warnings of the server
 * @param payload custom payload of the server; values may be null
 */
public record ResponsePrefix(
    @Nullable UUID tracingId, List<String> warnings, Map<String, @Nullable Buffer> payload) {

  /** Nothing, as with nearly every response. */
  public static final ResponsePrefix NONE = new ResponsePrefix(null, List.of(), Map.of());

  private static final int ANNOUNCED =
      FrameHeader.TRACING | FrameHeader.WARNING | FrameHeader.CUSTOM_PAYLOAD;

  static ResponsePrefix read(BodyReader in, int flags) {
    if ((flags & ANNOUNCED) == 0) {
      return NONE;
    }
    // native_protocol_v5.spec, 2.2 flags: in this order.
    UUID tracingId = (flags & FrameHeader.TRACING) == 0 ? null : in.readUuid("tracing id");
    List<String> warnings =
        (flags & FrameHeader.WARNING) == 0 ? List.of() : in.readStringList("warnings");
    Map<String, @Nullable Buffer> payload =
        (flags & FrameHeader.CUSTOM_PAYLOAD) == 0 ? Map.of() : readPayload(in);
    return new ResponsePrefix(tracingId, warnings, payload);
  }

  private static Map<String, @Nullable Buffer> readPayload(BodyReader in) {
    Map<String, @Nullable Buffer> payload = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> entry : in.readBytesMap("custom payload").entrySet()) {
      byte[] value = entry.getValue();
      payload.put(entry.getKey(), value == null ? null : Buffer.buffer(value));
    }
    return Collections.unmodifiableMap(payload);
  }
}
