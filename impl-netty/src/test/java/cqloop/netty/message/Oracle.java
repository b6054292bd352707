package cqloop.netty.message;

import com.datastax.dse.protocol.internal.DseProtocolV1ClientCodecs;
import com.datastax.dse.protocol.internal.DseProtocolV1ServerCodecs;
import com.datastax.dse.protocol.internal.DseProtocolV2ClientCodecs;
import com.datastax.dse.protocol.internal.DseProtocolV2ServerCodecs;
import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.ProtocolV3ClientCodecs;
import com.datastax.oss.protocol.internal.ProtocolV3ServerCodecs;
import com.datastax.oss.protocol.internal.ProtocolV4ClientCodecs;
import com.datastax.oss.protocol.internal.ProtocolV4ServerCodecs;
import com.datastax.oss.protocol.internal.ProtocolV5ClientCodecs;
import com.datastax.oss.protocol.internal.ProtocolV5ServerCodecs;
import com.datastax.oss.protocol.internal.ProtocolV6ClientCodecs;
import com.datastax.oss.protocol.internal.ProtocolV6ServerCodecs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** The frame codecs of native-protocol, for all versions. */
public final class Oracle {

  public static final OraclePrimitives PRIMITIVES = new OraclePrimitives();

  private Oracle() {}

  public static FrameCodec<ByteBuf> client() {
    return new FrameCodec<>(
        PRIMITIVES,
        Compressor.none(),
        new ProtocolV3ClientCodecs(),
        new ProtocolV4ClientCodecs(),
        new ProtocolV5ClientCodecs(),
        new ProtocolV6ClientCodecs(),
        new DseProtocolV1ClientCodecs(),
        new DseProtocolV2ClientCodecs());
  }

  public static FrameCodec<ByteBuf> server() {
    return new FrameCodec<>(
        PRIMITIVES,
        Compressor.none(),
        new ProtocolV3ServerCodecs(),
        new ProtocolV4ServerCodecs(),
        new ProtocolV5ServerCodecs(),
        new ProtocolV6ServerCodecs(),
        new DseProtocolV1ServerCodecs(),
        new DseProtocolV2ServerCodecs());
  }

  public static byte[] encode(FrameCodec<ByteBuf> codec, Frame frame) {
    return ByteBufUtil.getBytes(codec.encode(frame));
  }
}
