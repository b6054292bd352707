package cqloop.netty.wire;

import cqloop.error.FrameTooLarge;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Writes frame headers around bodies: {@link #begin} reserves the header, the caller
 * writes the body behind it, {@link #end} compresses the body and completes the header.
 */
public final class FrameEncoder {

  private final int version;
  private final int maxFrameBytes;
  private @Nullable Compression compression;

  /**
   * @param version version byte of a request
   * @param maxFrameBytes the longest body that may be sent
   */
  public FrameEncoder(int version, int maxFrameBytes) {
    this.version = version;
    this.maxFrameBytes = maxFrameBytes;
  }

  /** Sets what compresses bodies (v3, v4, DSE); null for none. */
  public void setCompression(@Nullable Compression compression) {
    this.compression = compression;
  }

  /** Writes a header whose length is open and returns where it starts. */
  public int begin(ByteBuf out, int flags, int streamId, int opcode) {
    int start = out.writerIndex();
    out.ensureWritable(FrameHeader.BYTES);
    out.setByte(start, version);
    out.setByte(start + 1, flags);
    out.setShort(start + 2, streamId);
    out.setByte(start + FrameHeader.OPCODE_OFFSET, opcode);
    out.writerIndex(start + FrameHeader.BYTES);
    return start;
  }

  /**
   * Completes the frame that starts at {@code start} and ends at the writer index.
   *
   * @param compressible false for STARTUP and OPTIONS, which must not be compressed
   * @throws FrameTooLarge when the body is above the limit; the buffer then ends at {@code start}
   */
  public void end(ByteBuf out, int start, boolean compressible) {
    int body = start + FrameHeader.BYTES;
    int length = out.writerIndex() - body;
    if (length > maxFrameBytes) {
      out.writerIndex(start);
      throw tooLarge(length, maxFrameBytes);
    }
    if (compressible && compression != null && compression.compressBody(out, body)) {
      out.setByte(start + 1, out.getByte(start + 1) | FrameHeader.COMPRESSED);
      length = out.writerIndex() - body;
    }
    out.setInt(start + FrameHeader.LENGTH_OFFSET, length);
  }

  /** Returns the error of a request whose body has this many bytes. */
  public static FrameTooLarge tooLarge(long length, int maxFrameBytes) {
    return new FrameTooLarge(
        "A request of %s bytes exceeds the limit of %s bytes (maxFrameBytes): send less at once"
                .formatted(length, maxFrameBytes)
            + " or raise the limit, which the server must accept as well",
        length,
        maxFrameBytes);
  }
}
