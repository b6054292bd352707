package cqloop.netty.message;

import cqloop.netty.wire.Primitives;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Value. REGISTER: asks for events of these types, as {@link Event} names them. */
public record Register(List<String> eventTypes) implements Request {

  @Override
  public int opcode() {
    return Opcode.REGISTER;
  }

  @Override
  public void encodeBody(ByteBuf out, Features features) {
    Primitives.writeStringList(out, eventTypes);
  }
}
