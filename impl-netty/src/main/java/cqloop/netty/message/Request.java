package cqloop.netty.message;

import cqloop.error.UnsupportedByProtocol;
import io.netty.buffer.ByteBuf;

/** Value. A request that can write its own body any number of times. */
public sealed interface Request
    permits AuthResponse, Batch, Execute, Options, Prepare, Query, Register, Startup {

  /** Returns one of {@link Opcode}. */
  int opcode();

  /**
   * Writes the body, without payload.
   *
   * @throws UnsupportedByProtocol when the connection lacks what the request uses
   * @throws IllegalArgumentException when a part does not fit its notation
   */
  void encodeBody(ByteBuf out, Features features);

  /** Returns tracing and payload. */
  default Envelope envelope() {
    return Envelope.PLAIN;
  }

  /** Returns a number of bytes that the body has at least. */
  default int sizeHint() {
    return 0;
  }

  /** Tells whether the body may be compressed. */
  default boolean compressible() {
    return true;
  }
}
