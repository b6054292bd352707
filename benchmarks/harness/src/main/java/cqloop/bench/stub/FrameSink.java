package cqloop.bench.stub;

import cqloop.bench.wire.Crc;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.Segments;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Collects the answers of one read burst in one buffer; in v5 packs them into segments.
 */
final class FrameSink {
  private static final int BUFFER = 160 * 1024;
  private static final int FULL = 96 * 1024;

  private final ChannelHandlerContext ctx;
  private final Crc crc = new Crc();
  private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
  private final byte[] plain = new byte[Segments.MAX_PAYLOAD];
  private final byte[] packed = new byte[compressor.maxCompressedLength(Segments.MAX_PAYLOAD)];

  private @Nullable ByteBuf out;
  private boolean segments;
  private boolean lz4;
  private int segmentAt = -1;
  private int plainSize;

  FrameSink(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  /** From here on frames go into segments. */
  void startSegments(boolean compressed) {
    segments = true;
    lz4 = compressed;
  }

  /** Appends a small frame and sets its stream id. */
  void add(byte[] frames, int start, int end, int stream) {
    int length = end - start;
    if (segments && lz4) {
      if (plainSize + length > plain.length) {
        closeSegment(true);
      }
      System.arraycopy(frames, start, plain, plainSize, length);
      plain[plainSize + Frames.STREAM_AT] = (byte) (stream >> 8);
      plain[plainSize + Frames.STREAM_AT + 1] = (byte) stream;
      plainSize += length;
      return;
    }
    ByteBuf buffer = buffer();
    if (segments && segmentAt < 0) {
      segmentAt = buffer.writerIndex();
      buffer.writeZero(Segments.PLAIN_HEADER);
    }
    int at = buffer.writerIndex();
    buffer.writeBytes(frames, start, length);
    buffer.setShort(at + Frames.STREAM_AT, stream);
    if (buffer.writerIndex() >= FULL) {
      write();
    }
  }

  /** Appends a large frame: its head is copied, its tail is already in the form of the wire. */
  void addPage(PageAnswers.Page page, int stream) {
    write();
    byte[] head = page.head();
    add(head, 0, head.length, stream);
    closeSegment(false);
    write();
    ctx.write(page.tail().duplicate(), ctx.voidPromise());
  }

  /** Sends what has been collected. */
  void flush() {
    write();
    ctx.flush();
  }

  /** Gives back the buffer of a connection that is gone. */
  void release() {
    if (out != null) {
      out.release();
      out = null;
    }
  }

  private void write() {
    closeSegment(true);
    if (out != null && out.isReadable()) {
      ctx.write(out, ctx.voidPromise());
      out = null;
    }
  }

  private void closeSegment(boolean selfContained) {
    if (!segments) {
      return;
    }
    if (lz4) {
      if (plainSize > 0) {
        writeCompressed(selfContained);
        plainSize = 0;
      }
    } else if (segmentAt >= 0) {
      ByteBuf buffer = buffer();
      int payloadAt = segmentAt + Segments.PLAIN_HEADER;
      int length = buffer.writerIndex() - payloadAt;
      long header = Segments.plainHeader(length, selfContained);
      buffer.setMediumLE(segmentAt, (int) header);
      buffer.setMediumLE(segmentAt + 3, Crc.crc24(header, 3));
      buffer.writeIntLE(crc.crc32(buffer.internalNioBuffer(payloadAt, length)));
      segmentAt = -1;
    }
  }

  private void writeCompressed(boolean selfContained) {
    int size = compressor.compress(plain, 0, plainSize, packed, 0, packed.length);
    boolean smaller = size < plainSize;
    byte[] payload = smaller ? packed : plain;
    int length = smaller ? size : plainSize;
    long header = Segments.lz4Header(length, smaller ? plainSize : 0, selfContained);
    ByteBuf buffer = buffer();
    buffer.writeIntLE((int) header).writeByte((int) (header >>> 32));
    buffer.writeMediumLE(Crc.crc24(header, 5));
    buffer.writeBytes(payload, 0, length);
    buffer.writeIntLE(crc.crc32(payload, 0, length));
  }

  private ByteBuf buffer() {
    ByteBuf buffer = out;
    if (buffer == null) {
      buffer = ctx.alloc().directBuffer(BUFFER);
      out = buffer;
    }
    return buffer;
  }
}
