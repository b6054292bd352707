package cqloop.netty.message;

import cqloop.error.FrameTooLarge;
import cqloop.error.UnsupportedByProtocol;
import cqloop.netty.wire.Compression;
import cqloop.netty.wire.FrameEncoder;
import cqloop.netty.wire.FrameHeader;
import cqloop.netty.wire.Primitives;
import cqloop.netty.wire.SegmentEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The outbound side of one connection: appends the requests of one turn of the loop to
 * one pooled buffer, plain or, from {@link #startSegments} on, within segments. It owns the buffer
 * until {@link #take}.
 */
public final class FrameWriter {

  private static final int MIN_CAPACITY = 512;
  private static final int MAX_CAPACITY = 64 * 1024;

  private final ByteBufAllocator allocator;
  private final FrameEncoder frames;
  private final int maxFrameBytes;
  private Features features;
  private @Nullable Compression compression;
  private @Nullable SegmentEncoder segments;
  private @Nullable ByteBuf pending;
  private int pendingFrames;
  private int capacity = MIN_CAPACITY;

  /**
   * @param maxFrameBytes the longest body that may be sent
   */
  public FrameWriter(ByteBufAllocator allocator, Features features, int maxFrameBytes) {
    this.allocator = allocator;
    this.features = features;
    this.maxFrameBytes = maxFrameBytes;
    this.frames = new FrameEncoder(features.version().code(), maxFrameBytes);
  }

  /** Sets what SUPPORTED has taught of the server; of the same version as before. */
  public void setFeatures(Features features) {
    this.features = features;
  }

  /** Sets what to compress with; to be called when STARTUP asks for it. */
  public void setCompression(@Nullable Compression compression) {
    this.compression = compression;
    frames.setCompression(features.version().hasSegments() ? null : compression);
  }

  /** Writes segments from now on (v5, v6: after READY or AUTHENTICATE). Nothing may be pending. */
  public void startSegments() {
    if (pendingFrames > 0) {
      throw new IllegalStateException("Cannot start segments behind frames that are not yet sent");
    }
    segments = new SegmentEncoder(compression);
  }

  /** Tells whether there is nothing to send. */
  public boolean isEmpty() {
    return pendingFrames == 0;
  }

  /** Returns how many requests wait to be sent. */
  public int pendingFrames() {
    return pendingFrames;
  }

  /** Returns how many bytes wait to be sent. */
  public int pendingBytes() {
    return pending == null ? 0 : pending.writerIndex();
  }

  /**
   * Appends a request. When this throws nothing of the request was written.
   *
   * @return bytes of the frame, header included
   * @throws UnsupportedByProtocol when the connection lacks what the request uses
   * @throws FrameTooLarge when the body is above the limit
   * @throws IllegalArgumentException when a part of the request does not fit its notation
   */
  public int append(Request request, int streamId) {
    if (request.sizeHint() > maxFrameBytes) {
      throw FrameEncoder.tooLarge(request.sizeHint(), maxFrameBytes);
    }
    ByteBuf out = open();
    int start = out.writerIndex();
    boolean written = false;
    try {
      encode(out, request, streamId);
      written = true;
    } finally {
      if (!written) {
        abandon(out, start);
      }
    }
    int bytes = out.writerIndex() - start;
    pendingFrames++;
    if (segments != null) {
      segments.add(out, start);
    }
    return bytes;
  }

  /**
   * Hands over what is pending, complete to be written and flushed; the caller releases it.
   *
   * @throws IllegalStateException when nothing is pending
   */
  public ByteBuf take() {
    if (pending == null || pendingFrames == 0) {
      throw new IllegalStateException("There is nothing to send");
    }
    ByteBuf out = pending;
    if (segments != null) {
      segments.seal(out);
    }
    // The next turn probably sends as much as this one.
    int bytes = Math.min(Math.max(out.readableBytes(), MIN_CAPACITY), MAX_CAPACITY);
    capacity = Integer.highestOneBit(bytes - 1) << 1;
    pending = null;
    pendingFrames = 0;
    return out;
  }

  /** Drops what is pending. */
  public void release() {
    if (pending != null) {
      pending.release();
      pending = null;
      pendingFrames = 0;
      segments = segments == null ? null : new SegmentEncoder(compression);
    }
  }

  private ByteBuf open() {
    if (pending == null) {
      pending = allocator.directBuffer(capacity);
    }
    if (segments != null) {
      segments.open(pending);
    }
    return pending;
  }

  private void abandon(ByteBuf out, int start) {
    if (segments != null) {
      segments.abandon(out, start);
    } else {
      out.writerIndex(start);
    }
    if (pendingFrames == 0) {
      release();
    }
  }

  private void encode(ByteBuf out, Request request, int streamId) {
    Envelope envelope = request.envelope();
    Map<String, Buffer> payload = envelope.payload();
    int flags = features.version().isBeta() ? FrameHeader.BETA : 0;
    flags |= envelope.tracing() ? FrameHeader.TRACING : 0;
    flags |= payload == null ? 0 : FrameHeader.CUSTOM_PAYLOAD;
    int start = frames.begin(out, flags, streamId, request.opcode());
    if (payload != null) {
      encodePayload(out, payload);
    }
    request.encodeBody(out, features);
    frames.end(out, start, request.compressible());
  }

  private void encodePayload(ByteBuf out, Map<String, Buffer> payload) {
    features.require(
        features.customPayload(), "A custom payload", "protocol v4 or later, or no payload");
    Primitives.writeShort(out, payload.size(), "The size of a custom payload");
    for (Map.Entry<String, Buffer> entry : payload.entrySet()) {
      Primitives.writeString(out, entry.getKey());
      Buffer value = entry.getValue();
      Primitives.writeBytes(out, value == null ? null : value.getBytes());
    }
  }
}
