package cqloop.bench.raw;

import cqloop.bench.wire.Crc;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.Lz4Bodies;
import cqloop.bench.wire.Segments;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts what a socket brings into frames that lie in one array; blocks until the next frame is
 * whole.
 */
final class RawInput {
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int CAPACITY = 1 << 20;

  private final RawSocket socket;
  private final boolean verify;
  private final Crc crc = new Crc();

  // Bytes of the socket; without segments these are the frames.
  private byte[] wire = new byte[CAPACITY];
  private int wireStart;
  private int wireEnd;

  private byte[] frames = wire;
  private int start;
  private int end;
  private boolean segments;
  private boolean lz4;

  /** With {@code verify} the CRC of each segment is checked. */
  RawInput(RawSocket socket, boolean verify) {
    this.socket = socket;
    this.verify = verify;
  }

  /** From here on frames come in segments; called between two answers, when nothing is buffered. */
  void startSegments(boolean compressed) {
    segments = true;
    lz4 = compressed;
    frames = new byte[CAPACITY];
    wireStart = 0;
    wireEnd = 0;
    start = 0;
    end = 0;
  }

  /** The array that {@link #next} points into; may change with each call of it. */
  byte[] array() {
    return frames;
  }

  /** Offset of the header of the next frame. */
  int next() throws IOException {
    while (true) {
      int available = end - start;
      int wanted = Frames.HEADER;
      if (available >= Frames.HEADER) {
        wanted += (int) INT.get(frames, start + Frames.LENGTH_AT);
        if (available >= wanted) {
          int at = start;
          start += wanted;
          return at;
        }
      }
      if (segments) {
        nextSegments(wanted);
      } else {
        makeRoom(wanted);
        wireStart = start;
        end = fill(end);
      }
    }
  }

  private void makeRoom(int wanted) {
    if (start == end) {
      start = 0;
      end = 0;
    } else if (frames.length - start < wanted || frames.length - end < frames.length / 8) {
      byte[] target = wanted > frames.length ? new byte[2 * wanted] : frames;
      System.arraycopy(frames, start, target, 0, end - start);
      end -= start;
      start = 0;
      if (!segments) {
        wire = target;
      }
      frames = target;
    }
  }

  private int fill(int at) throws IOException {
    int count = socket.read(wire, at);
    if (count < 0) {
      throw new EOFException("server closed the connection");
    }
    return at + count;
  }

  private void nextSegments(int wanted) throws IOException {
    makeRoom(Math.max(wanted, end - start + Segments.MAX_PAYLOAD));
    boolean any = false;
    while (end + Segments.MAX_PAYLOAD <= frames.length && unwrap()) {
      any = true;
    }
    if (!any) {
      if (wireStart == wireEnd) {
        wireStart = 0;
        wireEnd = 0;
      } else if (wire.length - wireStart < 2 * Segments.MAX_PAYLOAD) {
        System.arraycopy(wire, wireStart, wire, 0, wireEnd - wireStart);
        wireEnd -= wireStart;
        wireStart = 0;
      }
      wireEnd = fill(wireEnd);
    }
  }

  private boolean unwrap() throws IOException {
    int headerLength = lz4 ? Segments.LZ4_HEADER : Segments.PLAIN_HEADER;
    if (wireEnd - wireStart < 8) {
      return false;
    }
    long header = (long) LONG_LE.get(wire, wireStart);
    int length = (int) header & Segments.MAX_PAYLOAD;
    if (wireEnd - wireStart < headerLength + length + Segments.TRAILER) {
      return false;
    }
    int payload = wireStart + headerLength;
    if (verify) {
      verify(header, headerLength - 3, payload, length);
    }
    int plainLength = lz4 ? (int) (header >>> 17) & Segments.MAX_PAYLOAD : 0;
    if (plainLength == 0) {
      System.arraycopy(wire, payload, frames, end, length);
      end += length;
    } else {
      Lz4Bodies.decompress(wire, payload, frames, end, plainLength);
      end += plainLength;
    }
    wireStart = payload + length + Segments.TRAILER;
    return true;
  }

  private void verify(long header, int checked, int payload, int length) throws IOException {
    long checkedBits = header & (1L << 8 * checked) - 1;
    int headerCrc = (int) (header >>> 8 * checked) & 0xFFFFFF;
    int payloadCrc = (int) INT_LE.get(wire, payload + length);
    if (headerCrc != Crc.crc24(checkedBits, checked)
        || payloadCrc != crc.crc32(wire, payload, length)) {
      throw new IOException(
          "segment does not match its CRC: "
              + Arrays.toString(Arrays.copyOfRange(wire, payload - checked - 3, payload)));
    }
  }
}
