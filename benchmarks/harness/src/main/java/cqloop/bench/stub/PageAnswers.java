package cqloop.bench.stub;

import cqloop.bench.wire.Bytes;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.Lz4Bodies;
import cqloop.bench.wire.ResultBodies;
import cqloop.bench.wire.Segments;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Loop-owned. Pages in the form in which they go to the wire. What differs between two answers
 * (stream id, paging state) is a short head; the rows behind it are encoded, cut into segments and
 * compressed once.
 */
final class PageAnswers {
  /** The head to copy (its stream id is 0) and the bytes that follow it. */
  record Page(byte[] head, ByteBuf tail) {}

  private static final byte[] ROWS = ResultBodies.pageRows();

  private final int version;
  private final boolean compressedBodies;
  private final ByteBuf tail;
  private final Map<Integer, Page> pages = new HashMap<>();

  PageAnswers(int version, boolean lz4) {
    this.version = version;
    compressedBodies = version == 4 && lz4;
    tail = version == 4 ? direct(ROWS) : direct(segments(ROWS, lz4));
  }

  /**
   * The page of a statement that is followed by page {@code nextPage}, or is the last one if that
   * is 0.
   */
  Page page(int statement, boolean metadata, int nextPage) {
    int id = nextPage << 4 | statement << 1 | (metadata ? 1 : 0);
    return pages.computeIfAbsent(id, key -> encode(statement, metadata, nextPage));
  }

  private Page encode(int statement, boolean metadata, int nextPage) {
    byte[] start = ResultBodies.pageHead(statement, metadata, nextPage);
    if (compressedBodies) {
      byte[] body = Lz4Bodies.compress(new Bytes().raw(start).raw(ROWS).toArray());
      return new Page(header(Frames.COMPRESSED, body.length).toArray(), direct(body));
    }
    return new Page(header(0, start.length + ROWS.length).raw(start).toArray(), tail);
  }

  private Bytes header(int flags, int length) {
    Bytes out = new Bytes().u8(0x80 | version).u8(flags).u16(0);
    return out.u8(Frames.RESULT).i32(length);
  }

  private static byte[] segments(byte[] payload, boolean lz4) {
    Bytes out = new Bytes();
    for (int at = 0; at < payload.length; at += Segments.MAX_PAYLOAD) {
      int length = Math.min(Segments.MAX_PAYLOAD, payload.length - at);
      Segments.append(out, payload, at, length, false, lz4);
    }
    return out.toArray();
  }

  private static ByteBuf direct(byte[] bytes) {
    // Wrapped, not allocated: lives as long as the process and belongs to no pool.
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(memory));
  }
}
