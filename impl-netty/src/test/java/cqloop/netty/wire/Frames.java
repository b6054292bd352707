package cqloop.netty.wire;

import cqloop.error.CqlException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Collects frames as text, so that two ways of decoding can be compared. */
public final class Frames implements FrameSink {

  public final List<String> seen = new ArrayList<>();
  public final List<byte[]> bodies = new ArrayList<>();
  public final List<CqlException> corrupt = new ArrayList<>();

  @Override
  public void frame(
      int version,
      int flags,
      int streamId,
      int opcode,
      byte[] body,
      int bodyLength,
      int wireBytes) {
    byte[] counted = Arrays.copyOf(body, bodyLength);
    bodies.add(counted);
    seen.add(
        "v%02x f%02x s%s o%02x %s (%s)"
            .formatted(
                version, flags, streamId, opcode, HexFormat.of().formatHex(counted), wireBytes));
  }

  @Override
  public void corruptBody(int streamId, CqlException error) {
    corrupt.add(error);
    seen.add("corrupt s" + streamId);
  }

  public static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  public static String hex(ByteBuf buffer) {
    return ByteBufUtil.hexDump(buffer);
  }
}
