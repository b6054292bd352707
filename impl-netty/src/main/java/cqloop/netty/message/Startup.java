package cqloop.netty.message;

import cqloop.netty.wire.Primitives;
import io.netty.buffer.ByteBuf;
import java.util.Map;

/** Value. STARTUP: begins a connection; {@code CQL_VERSION} is mandatory. */
public record Startup(Map<String, String> options) implements Request {

  @Override
  public int opcode() {
    return Opcode.STARTUP;
  }

  @Override
  public void encodeBody(ByteBuf out, Features features) {
    Primitives.writeStringMap(out, options);
  }

  @Override
  public boolean compressible() {
    return false;
  }
}
