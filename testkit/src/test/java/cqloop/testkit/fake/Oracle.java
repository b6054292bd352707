package cqloop.testkit.fake;

import com.datastax.dse.protocol.internal.DseProtocolV1ClientCodecs;
import com.datastax.dse.protocol.internal.DseProtocolV2ClientCodecs;
import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.ProtocolV3ClientCodecs;
import com.datastax.oss.protocol.internal.ProtocolV4ClientCodecs;
import com.datastax.oss.protocol.internal.ProtocolV5ClientCodecs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Map;

/** Value. A client's codec of the independent native-protocol library. */
final class Oracle {
  static final OraclePrimitives PRIMITIVES = new OraclePrimitives();

  private static final FrameCodec<ByteBuf> CODEC =
      new FrameCodec<>(
          PRIMITIVES,
          Compressor.none(),
          new ProtocolV3ClientCodecs(),
          new ProtocolV4ClientCodecs(),
          new ProtocolV5ClientCodecs(),
          new DseProtocolV1ClientCodecs(),
          new DseProtocolV2ClientCodecs());

  private Oracle() {}

  /** The bytes of a request as that library writes them. */
  static byte[] request(WireVersion version, int streamId, Message message) {
    return request(version, streamId, false, Map.of(), message);
  }

  static byte[] request(
      WireVersion version,
      int streamId,
      boolean tracing,
      Map<String, ByteBuffer> payload,
      Message message) {
    ByteBuf encoded =
        CODEC.encode(
            com.datastax.oss.protocol.internal.Frame.forRequest(
                version.code(), streamId, tracing, payload, message));
    byte[] bytes = new byte[encoded.readableBytes()];
    encoded.readBytes(bytes);
    return bytes;
  }

  /** A request of that library, decoded by ours. */
  static Request decoded(WireVersion version, Message message) {
    return decoded(version, request(version, 5, message));
  }

  static Request decoded(WireVersion version, byte[] bytes) {
    FrameReader reader = new FrameReader();
    reader.feed(bytes);
    Frame frame = reader.next();
    Dialect dialect = Dialect.of(version);
    return new Request(
        new Request.Origin(1, 1, 1),
        frame,
        dialect,
        new RequestDecoder(dialect).decode(frame),
        null);
  }

  /** A reply of ours, decoded by that library. */
  static com.datastax.oss.protocol.internal.Frame frame(WireVersion version, Reply reply) {
    Reply.Context context = new Reply.Context(Dialect.of(version), null);
    return CODEC.decode(Unpooled.wrappedBuffer(reply.toFrame(context, 5).encode()));
  }

  /** The message of a reply of ours, decoded by that library. */
  static <T extends Message> T message(WireVersion version, Reply reply, Class<T> type) {
    return type.cast(frame(version, reply).message);
  }
}
