package cqloop.netty.message;

import cqloop.netty.wire.Primitives;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Value. AUTH_RESPONSE: a token of the SASL exchange. Never printed. */
public final class AuthResponse implements Request {

  private final byte @Nullable [] token;

  public AuthResponse(byte @Nullable [] token) {
    this.token = token;
  }

  @Override
  public int opcode() {
    return Opcode.AUTH_RESPONSE;
  }

  @Override
  public void encodeBody(ByteBuf out, Features features) {
    Primitives.writeBytes(out, token);
  }

  @Override
  public int sizeHint() {
    return token == null ? 0 : token.length;
  }
}
