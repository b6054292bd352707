package cqloop.testkit.fake;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned inside; its public methods may be called by any thread and run on the loop of the
 * node. One accepted connection.
 */
public final class FakeConnection {
  private final FakeNode node;
  private final NetSocketInternal socket;
  private final int number;
  private final @Nullable Integer shard;
  private final Inbound inbound = new Inbound();
  private final WireWriter held = new WireWriter();
  private int heldFrames;
  private int requests;
  private boolean open = true;
  private boolean muted;
  private boolean handshaken;
  private @Nullable Compression compression;
  private @Nullable Dialect dialect;

  /** Published: replaced whole by the loop. */
  private volatile Map<String, String> startupOptions = Map.of();

  /** Published: replaced whole by the loop. */
  private volatile List<String> eventTypes = List.of();

  /** Published: replaced whole by the loop. */
  private volatile @Nullable String keyspace;

  FakeConnection(FakeNode node, NetSocketInternal socket, int number, @Nullable Integer shard) {
    this.node = node;
    this.socket = socket;
    this.number = number;
    this.shard = shard;
  }

  /** Which connection of the node this is, counted from 1. */
  public int number() {
    return number;
  }

  /** The port of the client. */
  public int clientPort() {
    return socket.remoteAddress().port();
  }

  /** The port of the node that it was made to: the usual one or the shard-aware one. */
  public int nodePort() {
    return socket.localAddress().port();
  }

  /** The shard that serves the connection, or null when the node has no shards. */
  public @Nullable Integer shard() {
    return shard;
  }

  /** The options of STARTUP; empty before it. */
  public Map<String, String> startupOptions() {
    return startupOptions;
  }

  /** The event types that the client registered for. */
  public List<String> eventTypes() {
    return eventTypes;
  }

  /** The keyspace that the last USE named, or null. */
  public @Nullable String keyspace() {
    return keyspace;
  }

  /** Closes with FIN. */
  public Future<Void> close() {
    return node.onLoop(socket::close);
  }

  /** Closes with RST: what is still in flight is lost. */
  public Future<Void> reset() {
    return node.onLoop(
        () -> {
          channel().config().setOption(ChannelOption.SO_LINGER, 0);
          return socket.close();
        });
  }

  /** Sends FIN and goes on reading. Not for TLS, where the engine closes both directions. */
  public Future<Void> halfClose() {
    return node.onLoop(
        () -> {
          if (channel() instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
          }
          return Future.succeededFuture();
        });
  }

  /** Stops reading, so that the client's writes fill the buffers in between. */
  public Future<Void> stopReading() {
    return node.onLoop(
        () -> {
          socket.pause();
          channel().config().setAutoRead(false);
          return Future.succeededFuture();
        });
  }

  /** Reads again. */
  public Future<Void> resumeReading() {
    return node.onLoop(
        () -> {
          channel().config().setAutoRead(true);
          socket.resume();
          return Future.succeededFuture();
        });
  }

  /** From now on nothing is written any more: requests are read and never answered. */
  public Future<Void> mute() {
    return node.onLoop(
        () -> {
          muted = true;
          return Future.succeededFuture();
        });
  }

  /** Writes bytes as they are; a closed or muted connection swallows them. */
  public Future<Void> write(byte[] bytes) {
    return node.onLoop(
        () -> {
          if (!open || muted) {
            return Future.succeededFuture();
          }
          node.countSent(bytes.length);
          // A peer that is gone is no failure of a test server.
          return socket.write(Buffer.buffer(bytes)).otherwiseEmpty();
        });
  }

  /** Pushes an event on stream −1. Before the handshake there is no layout, and nothing is sent. */
  public Future<Void> push(Reply event) {
    return node.onLoop(
        () -> {
          Dialect layout = dialect;
          if (layout == null || !handshaken) {
            return Future.succeededFuture();
          }
          return write(encode(event.toFrame(new Reply.Context(layout, null), -1)));
        });
  }

  /** The bytes of a frame on this connection: compressed or in segments, as negotiated. */
  byte[] encode(Frame frame) {
    Frame out = frame;
    if (compression != null && handshaken && !inbound.inSegments() && frame.body().length > 0) {
      out =
          new Frame(
              frame.versionByte(),
              frame.flags() | Frame.FLAG_COMPRESSED,
              frame.streamId(),
              frame.opcodeByte(),
              compression.compressBody(frame.body()));
    }
    return wrap(out.encode());
  }

  private byte[] wrap(byte[] frames) {
    return inbound.inSegments() ? Segments.wrap(frames, compression == Compression.LZ4) : frames;
  }

  /** Holds a frame back until there are {@code count}; then all travel in one write. */
  Future<Void> coalesce(Frame frame, int count) {
    held.writeRaw(frame.encode());
    heldFrames++;
    if (heldFrames < count) {
      return Future.succeededFuture();
    }
    byte[] together = held.toBytes();
    held.clear();
    heldFrames = 0;
    return write(wrap(together));
  }

  /** What an answer changes on this connection and on its node, after it was written. */
  void afterReply(Reply reply, Request request) {
    Reply plain = DecoratedReply.unwrap(reply);
    if (plain instanceof PreparedReply prepared && request.cql() != null) {
      node.prepared().remember(request.cql(), prepared);
    }
    boolean accepted = reply.opcode() == Opcode.READY || reply.opcode() == Opcode.AUTHENTICATE;
    if (request.opcode() == Opcode.STARTUP && accepted && !handshaken) {
      handshaken = true;
      if (request.version().usesSegments()) {
        inbound.switchToSegments(compression == Compression.LZ4);
      }
      pump();
    }
  }

  void onBytes(Buffer bytes) {
    node.countReceived(bytes.length());
    inbound.feed(bytes.getBytes());
    pump();
  }

  void onClose() {
    open = false;
  }

  void use(String newKeyspace) {
    keyspace = newKeyspace;
  }

  FakeNode node() {
    return node;
  }

  @Nullable Compression compression() {
    return compression;
  }

  private void pump() {
    try {
      Frame frame;
      while (open && (frame = inbound.next()) != null) {
        handle(frame);
      }
    } catch (WireFormatException e) {
      node.violation(this, e);
      socket.close();
    }
  }

  private void handle(Frame frame) {
    String refusal = node.gate().refusal(frame);
    if (refusal != null) {
      byte[] answer = node.gate().answer(frame, refusal);
      if (answer == null) {
        socket.close();
      } else {
        write(answer);
      }
      return;
    }
    Dialect layout = dialectFor(frame);
    Request request;
    try {
      Frame plain = decompress(frame);
      RequestDecoder.Decoded decoded = new RequestDecoder(layout).decode(plain);
      request =
          new Request(
              node.origin(this, ++requests),
              plain,
              layout,
              decoded,
              node.prepared().textOf(decoded.body()));
    } catch (WireFormatException e) {
      node.violation(this, e);
      Reply error = Errors.error(Errors.PROTOCOL_ERROR, String.valueOf(e.getMessage()));
      write(encode(error.toFrame(new Reply.Context(layout, null), frame.streamId())));
      return;
    }
    learn(request);
    node.serve(new Exchange(this, request));
  }

  private Dialect dialectFor(Frame frame) {
    Dialect known = dialect;
    WireVersion version = WireVersion.of(frame.versionByte());
    if (version == null) {
      throw new IllegalStateException("a refused version came through: " + frame);
    }
    if (known == null || known.version() != version) {
      known = Dialect.of(version);
      dialect = known;
    }
    return known;
  }

  private void learn(Request request) {
    if (request.body() instanceof RequestBody.Startup startup) {
      startupOptions = Map.copyOf(startup.options());
      compression = Compression.of(startupOptions.getOrDefault("COMPRESSION", ""));
      // Scylla protocol-extensions.md: the extension gives v4 the metadata ids of v5.
      if (startupOptions.containsKey("SCYLLA_USE_METADATA_ID")) {
        dialect = new Dialect(request.version(), true);
      }
    } else if (request.body() instanceof RequestBody.Register register) {
      eventTypes = List.copyOf(register.eventTypes());
    }
  }

  private Frame decompress(Frame frame) {
    // native_protocol_v5.spec §2.3: inside segments the flag has no meaning.
    if (!frame.hasFlag(Frame.FLAG_COMPRESSED) || inbound.inSegments()) {
      return frame;
    }
    if (compression == null) {
      throw new WireFormatException("compressed frame, but STARTUP named no compression: " + frame);
    }
    return new Frame(
        frame.versionByte(),
        frame.flags() & ~Frame.FLAG_COMPRESSED,
        frame.streamId(),
        frame.opcodeByte(),
        compression.decompressBody(frame.body()));
  }

  private Channel channel() {
    return socket.channelHandlerContext().channel();
  }
}
