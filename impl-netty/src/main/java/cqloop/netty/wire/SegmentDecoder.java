package cqloop.netty.wire;

import cqloop.error.CqlException;
import cqloop.error.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Takes the frames out of v5 segments. A segment that is complete in the inbound buffer
 * is checked and read in place; else its bytes are collected in a scratch buffer of at most one
 * segment.
 *
 * <p>Every error here means that the stream is corrupt and is final.
 */
final class SegmentDecoder {

  private static final int FIRST_SCRATCH_BYTES = 1024;

  /** So many times what has arrived is reserved at once, which saves growing in small steps. */
  private static final int RESERVED_PER_BYTE = 16;

  private final FrameDecoder frames;
  private final @Nullable Compression compression;
  private final int headerBytes;
  private final int prefixBytes;
  private final Crc32 crc32 = new Crc32();
  private ByteBuf scratch = Unpooled.EMPTY_BUFFER;
  private @Nullable CqlException broken;

  private int length;
  private int originalLength;
  private boolean selfContained;

  SegmentDecoder(FrameDecoder frames, @Nullable Compression compression) {
    this.frames = frames;
    this.compression = compression;
    this.headerBytes =
        compression == null
            ? SegmentFormat.PLAIN_HEADER_BYTES
            : SegmentFormat.COMPRESSED_HEADER_BYTES;
    this.prefixBytes = headerBytes + SegmentFormat.CRC24_BYTES;
  }

  /** Consumes all readable bytes and hands each frame that becomes complete to the sink. */
  void decode(ByteBuf in, FrameSink sink) {
    if (broken != null) {
      throw broken;
    }
    while (in.isReadable()) {
      if (scratch.isReadable()) {
        decodeCollected(in, sink);
      } else {
        decodeInPlace(in, sink);
      }
    }
  }

  private void decodeInPlace(ByteBuf in, FrameSink sink) {
    int readable = in.readableBytes();
    if (readable < prefixBytes) {
      collect(in, readable);
      return;
    }
    readHeader(in);
    if (readable < segmentBytes()) {
      collect(in, readable);
      return;
    }
    readSegment(in, sink);
  }

  private void decodeCollected(ByteBuf in, FrameSink sink) {
    if (scratch.readableBytes() < prefixBytes) {
      collect(in, Math.min(in.readableBytes(), prefixBytes - scratch.readableBytes()));
      if (scratch.readableBytes() < prefixBytes) {
        return;
      }
      readHeader(scratch);
    }
    collect(in, Math.min(in.readableBytes(), segmentBytes() - scratch.readableBytes()));
    if (scratch.readableBytes() < segmentBytes()) {
      return;
    }
    ByteBuf segment = scratch;
    scratch = Unpooled.EMPTY_BUFFER;
    readSegment(segment, sink);
    // At most one segment: a connection whose segments come in pieces needs it all the time.
    scratch = segment.clear();
  }

  /** The scratch grows as bytes arrive, so a header alone reserves nothing. */
  private void collect(ByteBuf in, int bytes) {
    if (scratch == Unpooled.EMPTY_BUFFER) {
      scratch = Unpooled.buffer(FIRST_SCRATCH_BYTES, SegmentFormat.MAX_BYTES);
    }
    int arrived = scratch.readableBytes() + bytes;
    if (scratch.writableBytes() < bytes) {
      int whole = Math.max(segmentBytes(), arrived);
      scratch.capacity(
          Math.min(SegmentFormat.MAX_BYTES, Math.min(whole, RESERVED_PER_BYTE * arrived)));
    }
    scratch.writeBytes(in, bytes);
  }

  private int segmentBytes() {
    return prefixBytes + length + SegmentFormat.CRC32_BYTES;
  }

  private void readHeader(ByteBuf segment) {
    int at = segment.readerIndex();
    long header =
        compression == null
            ? segment.getUnsignedMediumLE(at)
            : segment.getUnsignedIntLE(at) | ((long) segment.getUnsignedByte(at + 4) << 32);
    int stated = segment.getUnsignedMediumLE(at + headerBytes);
    int actual = Crc24.of(header, headerBytes);
    if (stated != actual) {
      throw fail(
          "The header of a segment has checksum %06x, but its bytes give %06x: the connection"
                  .formatted(stated, actual)
              + " corrupts data");
    }
    length = (int) header & SegmentFormat.MAX_PAYLOAD_BYTES;
    int selfContainedBit = SegmentFormat.LENGTH_BITS;
    if (compression != null) {
      originalLength =
          (int) (header >>> SegmentFormat.LENGTH_BITS) & SegmentFormat.MAX_PAYLOAD_BYTES;
      selfContainedBit = 2 * SegmentFormat.LENGTH_BITS;
    }
    selfContained = ((header >>> selfContainedBit) & 1) != 0;
    if (header >>> (selfContainedBit + 1) != 0) {
      throw fail("The header of a segment has bits set that v5 does not define");
    }
    if (length == 0) {
      throw fail("A segment is empty");
    }
  }

  private void readSegment(ByteBuf segment, FrameSink sink) {
    int payload = segment.readerIndex() + prefixBytes;
    int stated = segment.getIntLE(payload + length);
    int actual = crc32.of(segment, payload, length);
    if (stated != actual) {
      throw fail(
          "A segment of %s bytes has checksum %08x, but its bytes give %08x: the connection"
                  .formatted(length, stated, actual)
              + " corrupts data");
    }
    int end = payload + length;
    if (compression == null || originalLength == 0) {
      segment.readerIndex(payload);
      readFrames(segment, end, sink);
    } else {
      readFrames(decompress(segment, payload, compression), originalLength, sink);
    }
    segment.readerIndex(end + SegmentFormat.CRC32_BYTES);
  }

  private ByteBuf decompress(ByteBuf segment, int payload, Compression negotiated) {
    try {
      return Unpooled.wrappedBuffer(
          negotiated.decompressPayload(segment, payload, length, originalLength));
    } catch (ProtocolViolation e) {
      throw fail(e);
    }
  }

  /** Enforces that whole frames share a segment or one frame spans several, never both. */
  private void readFrames(ByteBuf payload, int end, FrameSink sink) {
    if (selfContained) {
      if (!frames.isBetweenFrames()) {
        throw fail("A self-contained segment follows the beginning of a split frame");
      }
      while (payload.readerIndex() < end) {
        frames.decodeOne(payload, end, sink);
      }
      if (!frames.isBetweenFrames()) {
        throw fail("A self-contained segment ends within a frame");
      }
      return;
    }
    frames.decodeOne(payload, end, sink);
    if (payload.readerIndex() < end) {
      throw fail(
          "A split frame ends %s bytes before its last segment does"
              .formatted(end - payload.readerIndex()));
    }
  }

  private CqlException fail(String problem) {
    return fail(new ProtocolViolation(problem));
  }

  private CqlException fail(CqlException error) {
    broken = error;
    scratch = Unpooled.EMPTY_BUFFER;
    return error;
  }
}
