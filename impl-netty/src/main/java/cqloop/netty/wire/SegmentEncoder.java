package cqloop.netty.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Packs the frames of one buffer into v5 segments. Frames are written straight behind
 * the place of a segment header; as many as fit share one segment, and a frame that is longer than
 * a segment is cut into several that carry nothing else.
 */
public final class SegmentEncoder {

  private static final int CLOSED = -1;

  private final @Nullable Compression compression;
  private final int prefixBytes;
  private final Crc32 crc32 = new Crc32();
  private int segmentStart = CLOSED;

  /**
   * @param compression LZ4, or null for none
   */
  public SegmentEncoder(@Nullable Compression compression) {
    if (compression != null && !compression.worksInSegments()) {
      throw new IllegalArgumentException(
          "Protocol v5 and later know only lz4 compression, not " + compression.algorithm());
    }
    this.compression = compression;
    int headerBytes =
        compression == null
            ? SegmentFormat.PLAIN_HEADER_BYTES
            : SegmentFormat.COMPRESSED_HEADER_BYTES;
    this.prefixBytes = headerBytes + SegmentFormat.CRC24_BYTES;
  }

  /** Makes room for a segment header unless a segment is open; then a frame may be written. */
  public void open(ByteBuf out) {
    if (segmentStart == CLOSED) {
      segmentStart = out.writerIndex();
      out.writeZero(prefixBytes);
    }
  }

  /** Drops what was written from {@code frameStart} on, as if {@link #open} had not been called. */
  public void abandon(ByteBuf out, int frameStart) {
    out.writerIndex(frameStart);
    if (frameStart == segmentStart + prefixBytes) {
      out.writerIndex(segmentStart);
      segmentStart = CLOSED;
    }
  }

  /** Takes in the frame that starts at {@code frameStart} and ends at the writer index. */
  public void add(ByteBuf out, int frameStart) {
    int payload = segmentStart + prefixBytes;
    if (out.writerIndex() - payload > SegmentFormat.MAX_PAYLOAD_BYTES) {
      moveToNext(out, frameStart);
    }
  }

  /** Completes the open segment, if any; the buffer may then be sent. */
  public void seal(ByteBuf out) {
    if (segmentStart != CLOSED) {
      seal(out, true);
    }
  }

  /** Happens once per 128 KiB at most, so a copy does no harm. */
  private void moveToNext(ByteBuf out, int frameStart) {
    int length = out.writerIndex() - frameStart;
    ByteBuf frame = out.alloc().buffer(length);
    try {
      frame.writeBytes(out, frameStart, length);
      out.writerIndex(frameStart);
      if (frameStart > segmentStart + prefixBytes) {
        seal(out, true);
        open(out);
      }
      boolean fits = length <= SegmentFormat.MAX_PAYLOAD_BYTES;
      while (!fits && frame.isReadable()) {
        open(out);
        out.writeBytes(frame, Math.min(frame.readableBytes(), SegmentFormat.MAX_PAYLOAD_BYTES));
        seal(out, false);
      }
      out.writeBytes(frame);
    } finally {
      frame.release();
    }
  }

  private void seal(ByteBuf out, boolean selfContained) {
    int payload = segmentStart + prefixBytes;
    int plainLength = out.writerIndex() - payload;
    boolean packed = compression != null && compression.compressPayload(out, payload);
    int length = out.writerIndex() - payload;
    if (compression == null) {
      long header = SegmentFormat.plainHeader(length, selfContained);
      writeHeader(out, header, SegmentFormat.PLAIN_HEADER_BYTES);
    } else {
      long header = SegmentFormat.compressedHeader(length, packed ? plainLength : 0, selfContained);
      writeHeader(out, header, SegmentFormat.COMPRESSED_HEADER_BYTES);
    }
    out.writeIntLE(crc32.of(out, payload, length));
    segmentStart = CLOSED;
  }

  private void writeHeader(ByteBuf out, long header, int headerBytes) {
    for (int i = 0; i < headerBytes; i++) {
      out.setByte(segmentStart + i, (int) (header >>> (8 * i)));
    }
    out.setMediumLE(segmentStart + headerBytes, Crc24.of(header, headerBytes));
  }
}
