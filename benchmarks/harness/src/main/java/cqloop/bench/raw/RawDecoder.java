package cqloop.bench.raw;

import static java.nio.charset.StandardCharsets.UTF_8;

import cqloop.bench.spi.Statements;
import cqloop.bench.spi.Values;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.Lz4Bodies;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.UUID;

/**
 * Decodes every value of an answer by hand-written code into the objects that a driver would
 * return.
 */
final class RawDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int POINT_ROWS_AT = 12;
  private static final int MAX_BODY = 1 << 24;

  private byte[] unpacked = new byte[1 << 16];
  private byte[] bytes = unpacked;
  private int body;

  /** Checks the answer to a point select with the stream id {@code stream}. */
  boolean point(byte[] frames, int at, int stream) throws IOException {
    open(frames, at);
    int row = body + POINT_ROWS_AT + 4;
    if (intAt(body) != Frames.ROWS || intAt(body + POINT_ROWS_AT) != 1) {
      return false;
    }
    long id = longAt(row + 4);
    int nameAt = row + 16;
    int nameLength = intAt(row + 12);
    String name = new String(bytes, nameAt, nameLength, UTF_8);
    int rest = nameAt + nameLength;
    int score = intAt(rest + 4);
    double ratio = Double.longBitsToDouble(longAt(rest + 12));
    int firstKey = stream * RawBatches.VARIANTS & Statements.KEYS - 1;
    int key = (int) id;
    return key >= firstKey
        && key < firstKey + RawBatches.VARIANTS
        && Values.pointMatches(key, id, name, score, ratio);
  }

  /** Checks the answer to an insert. */
  boolean insert(byte[] frames, int at) throws IOException {
    open(frames, at);
    return intAt(body) == Frames.VOID;
  }

  /** Checks a page and every value in it. */
  boolean page(byte[] frames, int at) throws IOException {
    open(frames, at);
    int flags = intAt(body + 4);
    int cursor = body + POINT_ROWS_AT;
    if ((flags & Frames.HAS_MORE_PAGES) != 0) {
      cursor += 4 + intAt(cursor);
    }
    if (intAt(body) != Frames.ROWS || intAt(cursor) != Statements.PAGE_ROWS) {
      return false;
    }
    cursor += 4;
    for (int row = 0; row < Statements.PAGE_ROWS; row++) {
      int nameLength = intAt(cursor + 20);
      int noteAt = cursor + 24 + nameLength;
      int noteLength = intAt(noteAt);
      int rest = noteAt + 4 + noteLength;
      double amount = Double.longBitsToDouble(longAt(rest + 4));
      boolean active = bytes[rest + 16] != 0;
      String name = new String(bytes, cursor + 24, nameLength, UTF_8);
      String note = new String(bytes, noteAt + 4, noteLength, UTF_8);
      Instant created = Instant.ofEpochMilli(longAt(rest + 21));
      UUID ref = new UUID(longAt(rest + 33), longAt(rest + 41));
      if (!Values.numbersMatch(row, longAt(cursor + 4), intAt(cursor + 16), amount, active)
          || !Values.rowMatches(row, name, note, created, ref)) {
        return false;
      }
      cursor = rest + 49;
    }
    return true;
  }

  private void open(byte[] frames, int at) throws IOException {
    RawConnection.expect(frames, at, Frames.RESULT);
    bytes = frames;
    body = at + Frames.HEADER;
    if ((frames[at + 1] & Frames.COMPRESSED) != 0) {
      int length = Lz4Bodies.plainLength(frames, body, MAX_BODY);
      if (length > unpacked.length) {
        unpacked = new byte[length];
      }
      Lz4Bodies.decompress(frames, body + 4, unpacked, 0, length);
      bytes = unpacked;
      body = 0;
    }
  }

  private int intAt(int at) {
    return (int) RawInput.INT.get(bytes, at);
  }

  private long longAt(int at) {
    return (long) LONG.get(bytes, at);
  }
}
