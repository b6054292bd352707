package cqloop.bench.raw;

import cqloop.bench.spi.Target;
import cqloop.bench.wire.Bytes;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.Segments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/** A socket behind the handshake: asks one thing at a time and waits for the answer. */
final class RawConnection implements AutoCloseable {
  /** What the server calls a statement; the second id is empty below v5. */
  record Prepared(byte[] id, byte[] metadataId) {}

  final RawSocket socket;
  final RawInput input;
  private final Target target;
  private boolean segments;

  /** Connects and starts up; with {@code verify} the CRC of each segment is checked. */
  RawConnection(Target target, boolean verify) throws IOException, GeneralSecurityException {
    this.target = target;
    socket = RawSocket.open(target);
    input = new RawInput(socket, verify);
    Bytes options = new Bytes().u16(target.lz4() ? 2 : 1).string("CQL_VERSION").string("3.0.0");
    if (target.lz4()) {
      options.string("COMPRESSION").string("lz4");
    }
    ask(Frames.STARTUP, options.toArray(), Frames.READY);
    segments = target.version() >= 5;
    if (segments) {
      input.startSegments(target.lz4());
    }
  }

  /** Runs a statement without values. */
  void query(String cql) throws IOException {
    Bytes body = new Bytes().longString(cql).u16(1);
    ask(Frames.QUERY, (target.version() >= 5 ? body.i32(0) : body.u8(0)).toArray(), Frames.RESULT);
  }

  Prepared prepare(String cql) throws IOException {
    Bytes body = new Bytes().longString(cql);
    if (target.version() >= 5) {
      body.i32(0);
    }
    int at = ask(Frames.PREPARE, body.toArray(), Frames.RESULT) + Frames.HEADER + 4;
    byte[] id = shortBytes(at);
    return new Prepared(id, segments ? shortBytes(at + 2 + id.length) : new byte[0]);
  }

  /** Sends one request and returns where its answer starts in the array of the input. */
  private int ask(int opcode, byte[] body, int expected) throws IOException {
    byte[] frame = Frames.frame(target.version(), 0, 0, opcode, body);
    byte[] wire = segments ? Segments.pack(List.of(frame), target.lz4()) : frame;
    socket.write(ByteBuffer.wrap(wire));
    int at = input.next();
    expect(at, expected);
    return at;
  }

  /** Checks the opcode of the frame at {@code at}; shows the server's message if it is an error. */
  void expect(int at, int opcode) throws IOException {
    expect(input.array(), at, opcode);
  }

  /** Checks the opcode of the frame at {@code at} of an array. */
  static void expect(byte[] frames, int at, int opcode) throws IOException {
    int actual = frames[at + Frames.OPCODE_AT];
    if (actual == opcode) {
      return;
    }
    String message = "";
    if (actual == Frames.ERROR) {
      int textAt = at + Frames.HEADER + 6;
      int length = (frames[textAt - 2] & 0xFF) << 8 | frames[textAt - 1] & 0xFF;
      message = ": " + new String(frames, textAt, length, StandardCharsets.UTF_8);
    }
    throw new IOException("answer with opcode " + actual + ", expected " + opcode + message);
  }

  private byte[] shortBytes(int at) {
    byte[] bytes = input.array();
    int length = (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    return Arrays.copyOfRange(bytes, at + 2, at + 2 + length);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
