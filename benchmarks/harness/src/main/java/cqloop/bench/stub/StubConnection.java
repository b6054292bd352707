package cqloop.bench.stub;

import cqloop.bench.spi.Statements;
import cqloop.bench.wire.Bytes;
import cqloop.bench.wire.Frames;
import cqloop.bench.wire.Lz4Bodies;
import cqloop.bench.wire.ResultBodies;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Loop-owned. One client connection: answers what drivers ask at start, and the statements of the
 * workloads.
 */
final class StubConnection extends ChannelInboundHandlerAdapter implements FrameSource.Handler {
  private static final int INVALID = 0x2200;
  private static final int PROTOCOL_ERROR = 0x000A;
  private static final int MAX_BODY = 1 << 20;

  private final StubServer server;
  private final FrameSource source = new FrameSource(this);
  private FrameSink sink;
  private Encodings encodings;
  private SystemTables system;
  private int version = 4;
  private boolean lz4;

  @SuppressWarnings("NullAway.Init") // Set in handlerAdded, before the first byte.
  StubConnection(StubServer server) {
    this.server = server;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    sink = new FrameSink(ctx);
    encodings = server.encodings(version, false);
    system = new SystemTables((InetSocketAddress) ctx.channel().localAddress());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf input = (ByteBuf) message;
    try {
      source.read(input);
    } finally {
      input.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    sink.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    source.release();
    sink.release();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    server.report("connection closed: " + cause);
    ctx.close();
  }

  @Override
  public void frame(ByteBuf buffer, int at, int bodyLength) {
    int stream = buffer.getShort(at + Frames.STREAM_AT);
    int opcode = buffer.getByte(at + Frames.OPCODE_AT);
    int body = at + Frames.HEADER;
    ByteBuf bytes = buffer;
    // In v5 the segment is compressed; the Apache driver sets the flag of the frame all the same.
    boolean compressed = (buffer.getByte(at + 1) & Frames.COMPRESSED) != 0;
    if (compressed && version < 5 && bodyLength > 0) {
      bytes = decompress(buffer, body, bodyLength);
      body = 0;
    }
    if (opcode == Frames.EXECUTE) {
      execute(bytes, body, stream);
    } else {
      int requested = buffer.getByte(at) & 0x7F;
      other(opcode, requested, stream, bytes.slice(body, bytes.writerIndex() - body));
    }
  }

  private void execute(ByteBuf bytes, int body, int stream) {
    int idLength = bytes.getShort(body);
    int statement = bytes.getByte(body + 2);
    int at = body + 2 + idLength;
    if (version >= 5) {
      at += 2 + bytes.getShort(at);
    }
    at += 2; // Consistency.
    int flags = version >= 5 ? bytes.getInt(at) : bytes.getByte(at);
    at += version >= 5 ? 4 : 1;
    int values = at + 2;
    boolean metadata = (flags & Frames.SKIP_METADATA) == 0;
    switch (statement) {
      case 0 -> {
        int key = (int) bytes.getLong(values + 4) & (Statements.KEYS - 1);
        PointAnswers answers = encodings.points(metadata);
        sink.add(answers.bytes, answers.start(key), answers.end(key), stream);
      }
      case 1 -> {
        if (DocCheck.isRight(bytes, values)) {
          sink.add(encodings.voidFrame, 0, encodings.voidFrame.length, stream);
        } else {
          error(stream, INVALID, "values of the insert are not those of its key");
        }
      }
      case 2 -> sink.addPage(encodings.pages.page(2, metadata, 0), stream);
      case 3 -> stream(bytes, values, flags, stream);
      default -> error(stream, INVALID, "unknown prepared statement " + statement);
    }
  }

  private void stream(ByteBuf bytes, int values, int flags, int stream) {
    int pages = bytes.getInt(values + 12 + 4) / Statements.PAGE_ROWS;
    int at = values + 12 + 8;
    if ((flags & Frames.WITH_PAGE_SIZE) != 0) {
      at += 4;
    }
    int page = (flags & Frames.WITH_PAGING_STATE) == 0 ? 0 : bytes.getInt(at + 4);
    int next = page + 1 < pages ? page + 1 : 0;
    boolean metadata = (flags & Frames.SKIP_METADATA) == 0;
    sink.addPage(encodings.pages.page(3, metadata, next), stream);
  }

  private void other(int opcode, int requested, int stream, ByteBuf body) {
    switch (opcode) {
      case Frames.OPTIONS -> supported(requested, stream);
      case Frames.STARTUP -> startup(requested, stream, body);
      case Frames.REGISTER -> answer(Frames.READY, stream, new byte[0]);
      case Frames.QUERY -> query(stream, longString(body));
      case Frames.PREPARE -> prepare(stream, longString(body));
      default -> error(stream, PROTOCOL_ERROR, "opcode " + opcode + " is not served here");
    }
  }

  private void supported(int requested, int stream) {
    version = requested == 4 ? 4 : 5;
    Bytes out = new Bytes().u16(3);
    out.string("CQL_VERSION").u16(1).string("3.4.7");
    out.string("COMPRESSION").u16(1).string("lz4");
    out.string("PROTOCOL_VERSIONS").u16(2).string("4/v4").string("5/v5");
    answer(Frames.SUPPORTED, stream, out.toArray());
  }

  private void startup(int requested, int stream, ByteBuf body) {
    if (requested != 4 && requested != 5) {
      version = 5;
      error(stream, PROTOCOL_ERROR, "Invalid or unsupported protocol version (" + requested + ")");
      return;
    }
    version = requested;
    int options = body.readUnsignedShort();
    for (int i = 0; i < options; i++) {
      String name = string(body);
      String value = string(body);
      lz4 |= name.equals("COMPRESSION") && value.equalsIgnoreCase("lz4");
    }
    encodings = server.encodings(version, lz4);
    answer(Frames.READY, stream, new byte[0]);
    if (version >= 5) {
      sink.flush();
      sink.startSegments(lz4);
      source.startSegments(lz4);
    }
  }

  private void query(int stream, String cql) {
    byte[] rows = system.answer(cql);
    if (rows != null) {
      answer(Frames.RESULT, stream, rows);
    } else if (cql.stripLeading().regionMatches(true, 0, "select", 0, 6)) {
      error(stream, INVALID, "only prepared statements of the workloads are served here");
    } else {
      answer(Frames.RESULT, stream, new Bytes().i32(Frames.VOID).toArray());
    }
  }

  private void prepare(int stream, String cql) {
    int statement = Statements.ALL.indexOf(cql);
    if (statement < 0) {
      error(stream, INVALID, "not a statement of the workloads: " + cql);
    } else {
      answer(Frames.RESULT, stream, ResultBodies.prepared(version, statement));
    }
  }

  private void error(int stream, int code, String message) {
    server.report(message);
    answer(Frames.ERROR, stream, new Bytes().i32(code).string(message).toArray());
  }

  private void answer(int opcode, int stream, byte[] body) {
    byte[] frame = Frames.frame(0x80 | version, 0, stream, opcode, body);
    sink.add(frame, 0, frame.length, stream);
  }

  private static ByteBuf decompress(ByteBuf buffer, int body, int length) {
    byte[] packed = new byte[length];
    buffer.getBytes(body, packed);
    byte[] plain = new byte[Lz4Bodies.plainLength(packed, 0, MAX_BODY)];
    Lz4Bodies.decompress(packed, 4, plain, 0, plain.length);
    return Unpooled.wrappedBuffer(plain);
  }

  private static String string(ByteBuf body) {
    return body.readCharSequence(body.readUnsignedShort(), StandardCharsets.UTF_8).toString();
  }

  private static String longString(ByteBuf body) {
    return body.readCharSequence(body.readInt(), StandardCharsets.UTF_8).toString();
  }
}
