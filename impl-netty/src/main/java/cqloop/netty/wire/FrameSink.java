package cqloop.netty.wire;

import cqloop.error.CqlException;

/** Loop-owned. Receives the frames of one connection in the order in which they came. */
public interface FrameSink {

  /**
   * Takes one complete frame. The sink owns the body array. It may close the decoder or switch it
   * to segments before it returns; this takes effect from the next byte on.
   *
   * @param version version of the header without the direction bit, for example 4 or 0x42
   * @param flags flags of the header
   * @param streamId {@link FrameHeader#EVENT_STREAM} or from 0 on
   * @param opcode an opcode that a server may send
   * @param body the body, decompressed
   * @param bodyLength bytes of the body that count
   * @param wireBytes header and body as received, before decompression
   */
  void frame(
      int version, int flags, int streamId, int opcode, byte[] body, int bodyLength, int wireBytes);

  /**
   * Takes the news that one frame with an intact header has a body that cannot be decompressed:
   * only its request needs to fail. Unless overridden the error is thrown, which breaks the
   * connection.
   */
  default void corruptBody(int streamId, CqlException error) {
    throw error;
  }
}
