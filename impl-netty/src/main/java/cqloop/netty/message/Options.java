package cqloop.netty.message;

import io.netty.buffer.ByteBuf;

/** Value. OPTIONS: asks what the server supports; also the heartbeat. */
public record Options() implements Request {

  /** The only one needed. */
  public static final Options INSTANCE = new Options();

  @Override
  public int opcode() {
    return Opcode.OPTIONS;
  }

  @Override
  public void encodeBody(ByteBuf out, Features features) {
    // The body is empty.
  }

  @Override
  public boolean compressible() {
    return false;
  }
}
