package cqloop.bench.stub;

import cqloop.bench.wire.Crc;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.Segments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FastDecompressor;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Cuts the bytes of a connection into request frames, through v5 segments if they are
 * in use.
 */
final class FrameSource {
  /** Receives each frame: the header starts at {@code at}; valid during the call only. */
  interface Handler {
    void frame(ByteBuf buffer, int at, int bodyLength);
  }

  private static final int MAX_BODY = 1 << 20;

  private final Handler handler;
  private final Crc crc = new Crc();
  private final LZ4FastDecompressor decompressor = LZ4Factory.fastestInstance().fastDecompressor();
  private final ByteBuf bytes = Unpooled.directBuffer(64 * 1024);
  private final ByteBuf partial = Unpooled.directBuffer(1024);
  private final byte[] unpacked = new byte[Segments.MAX_PAYLOAD];
  private byte @Nullable [] packed;
  private boolean segments;
  private boolean lz4;

  FrameSource(Handler handler) {
    this.handler = handler;
  }

  /** From here on frames come in segments. */
  void startSegments(boolean compressed) {
    segments = true;
    lz4 = compressed;
  }

  /** Reads what is whole; keeps the rest for the next call. */
  void read(ByteBuf input) {
    if (bytes.isReadable()) {
      bytes.writeBytes(input);
      consume(bytes);
      bytes.discardReadBytes();
    } else {
      bytes.clear();
      consume(input);
      bytes.writeBytes(input);
    }
  }

  /** Gives back the buffers of a connection that is gone. */
  void release() {
    bytes.release();
    partial.release();
  }

  private void consume(ByteBuf input) {
    // The handler may switch to segments between two frames.
    while (segments ? segment(input) : frame(input)) {
      continue;
    }
  }

  private boolean frame(ByteBuf input) {
    if (input.readableBytes() < Frames.HEADER) {
      return false;
    }
    int at = input.readerIndex();
    int length = input.getInt(at + Frames.LENGTH_AT);
    if (length < 0 || length > MAX_BODY) {
      throw new IllegalArgumentException("frame body of " + length + " bytes, limit " + MAX_BODY);
    }
    if (input.readableBytes() < Frames.HEADER + length) {
      return false;
    }
    input.skipBytes(Frames.HEADER + length);
    handler.frame(input, at, length);
    return true;
  }

  private boolean segment(ByteBuf input) {
    int headerLength = lz4 ? Segments.LZ4_HEADER : Segments.PLAIN_HEADER;
    if (input.readableBytes() < headerLength) {
      return false;
    }
    int at = input.readerIndex();
    int checked = headerLength - 3;
    long header = 0;
    for (int i = 0; i < checked; i++) {
      header |= (input.getByte(at + i) & 0xFFL) << (8 * i);
    }
    if (input.getUnsignedMediumLE(at + checked) != Crc.crc24(header, checked)) {
      throw new IllegalArgumentException("segment header does not match its CRC-24");
    }
    int length = (int) (header & Segments.MAX_PAYLOAD);
    if (input.readableBytes() < headerLength + length + Segments.TRAILER) {
      return false;
    }
    int payloadAt = at + headerLength;
    if (input.getIntLE(payloadAt + length)
        != crc.crc32(input.internalNioBuffer(payloadAt, length))) {
      throw new IllegalArgumentException("segment payload does not match its CRC-32");
    }
    input.skipBytes(headerLength + length + Segments.TRAILER);
    ByteBuf payload = input.slice(payloadAt, length);
    int plainLength = lz4 ? (int) (header >>> 17 & Segments.MAX_PAYLOAD) : 0;
    boolean selfContained = (header >>> (lz4 ? 34 : 17) & 1) != 0;
    frames(plainLength == 0 ? payload : decompress(payload, plainLength), selfContained);
    return true;
  }

  private void frames(ByteBuf payload, boolean selfContained) {
    if (selfContained && !partial.isReadable()) {
      while (frame(payload)) {
        continue;
      }
      return;
    }
    partial.writeBytes(payload);
    if (frame(partial)) {
      partial.clear();
    }
  }

  private ByteBuf decompress(ByteBuf payload, int plainLength) {
    if (packed == null) {
      packed = new byte[Segments.MAX_PAYLOAD];
    }
    payload.getBytes(payload.readerIndex(), packed, 0, payload.readableBytes());
    decompressor.decompress(packed, 0, unpacked, 0, plainLength);
    return Unpooled.wrappedBuffer(unpacked, 0, plainLength);
  }
}
