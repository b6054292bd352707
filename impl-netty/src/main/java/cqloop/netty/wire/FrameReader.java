package cqloop.netty.wire;

import cqloop.error.CqlException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The inbound side of one connection: plain frames first, and from {@link
 * #startSegments} on frames within segments. The switch may happen within the sink: it applies from
 * the next byte on.
 */
public final class FrameReader {

  private final FrameDecoder frames;
  private @Nullable SegmentDecoder segments;
  private @Nullable Compression compression;
  private boolean closed;

  /**
   * @param maxFrameBytes the longest body that is accepted, compressed or not
   */
  public FrameReader(int maxFrameBytes) {
    this.frames = new FrameDecoder(maxFrameBytes);
  }

  /** Sets what the server may compress with; to be called when STARTUP asks for it. */
  public void setCompression(@Nullable Compression compression) {
    this.compression = compression;
    frames.setCompression(compression);
  }

  /** From now on refuses every frame whose version is not this one. */
  public void requireVersion(int version) {
    frames.requireVersion(version);
  }

  /** Expects segments from the next byte on (v5, v6: after READY or AUTHENTICATE). */
  public void startSegments() {
    segments = new SegmentDecoder(frames, compression);
  }

  /** From now on drops every byte; no further frame reaches the sink. */
  public void close() {
    closed = true;
    frames.close();
  }

  /**
   * Consumes all readable bytes and hands each frame that becomes complete to the sink. The buffer
   * is neither retained nor released.
   *
   * @throws CqlException when the framing is broken: the connection must be closed, and every later
   *     call throws it again
   */
  public void decode(ByteBuf in, FrameSink sink) {
    while (in.isReadable() && !closed) {
      if (segments == null) {
        frames.decodeOne(in, in.writerIndex(), sink);
      } else {
        segments.decode(in, sink);
      }
    }
    if (closed) {
      in.skipBytes(in.readableBytes());
    }
  }
}
