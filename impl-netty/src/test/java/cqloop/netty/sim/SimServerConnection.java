package cqloop.netty.sim;

import cqloop.testkit.fake.Compression;
import cqloop.testkit.fake.Dialect;
import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.FrameReader;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.SegmentReader;
import cqloop.testkit.fake.Segments;
import cqloop.testkit.fake.WireVersion;
import java.util.BitSet;

/**
 * Not shared. One connection as a simulated server sees it: frames in, frames out, with segments
 * and compression where the protocol has them. The wire format is testkit's, not ours.
 */
public final class SimServerConnection implements SimLink.ServerEnd {

  private final SimServer server;
  private final SimLink link;
  private final FrameReader frames = new FrameReader();
  private SegmentReader segments;
  private Compression compression;
  private WireVersion version = WireVersion.V3;
  private boolean started;
  private boolean open = true;
  private final BitSet unanswered = new BitSet();
  private boolean registered;
  private int received;
  private int answered;

  SimServerConnection(SimServer server, SimLink link) {
    this.server = server;
    this.link = link;
  }

  public SimLink link() {
    return link;
  }

  public SimServer server() {
    return server;
  }

  public boolean isOpen() {
    return open && link.isOpen();
  }

  /** Whether the handshake is behind it. */
  public boolean isStarted() {
    return started;
  }

  /** How many requests came in. */
  public int received() {
    return received;
  }

  /** How many requests came in and were not answered. */
  public int owed() {
    return received - answered;
  }

  /** Whether the client asked to be told of events. */
  public boolean isRegistered() {
    return registered;
  }

  @Override
  public void onBytes(byte[] bytes) {
    if (server.isFrozen()) {
      server.holdBack(() -> onBytes(bytes));
      return;
    }
    if (segments == null) {
      frames.feed(bytes);
    } else {
      segments.feed(bytes);
      SegmentReader.Segment segment = segments.next();
      while (segment != null) {
        frames.feed(segment.payload());
        segment = segments.next();
      }
    }
    Frame frame = frames.next();
    while (frame != null && open) {
      onFrame(frame);
      frame = frames.next();
    }
  }

  @Override
  public void onClosed() {
    open = false;
    server.onClosed(this);
  }

  private void onFrame(Frame frame) {
    received++;
    if (unanswered.get(frame.streamId())) {
      // I2: an id is free again when it was answered, and not before.
      throw new AssertionError(
          "Link %d: stream %d is used again before it was answered"
              .formatted(link.number(), frame.streamId()));
    }
    Frame refusal = server.refusal(frame);
    if (refusal != null) {
      answered++;
      link.toClient(refusal.encode());
      return;
    }
    unanswered.set(frame.streamId());
    version = WireVersion.of(frame.versionByte());
    SimRequest request = new SimRequest(plain(frame), version);
    server.world().trace("link %d: server got %s", link.number(), request);
    if (request.opcode() == Opcode.STARTUP) {
      compression = Compression.of(request.options().getOrDefault("COMPRESSION", ""));
    }
    server.script().onRequest(this, request);
  }

  private Frame plain(Frame frame) {
    if (!frame.hasFlag(Frame.FLAG_COMPRESSED) || segments != null) {
      return frame;
    }
    return new Frame(
        frame.versionByte(),
        frame.flags() & ~Frame.FLAG_COMPRESSED,
        frame.streamId(),
        frame.opcodeByte(),
        compression.decompressBody(frame.body()));
  }

  /** Answers a request now. */
  public void answer(SimRequest request, Reply reply) {
    if (!isOpen()) {
      return;
    }
    if (server.isFrozen()) {
      server.holdBack(() -> answer(request, reply));
      return;
    }
    answered++;
    unanswered.clear(request.streamId());
    server.world().trace("link %d: server answers %s: %s", link.number(), request, reply.opcode());
    send(reply, request.streamId());
    registered |= request.opcode() == Opcode.REGISTER && reply.opcode() == Opcode.READY;
    boolean accepted = reply.opcode() == Opcode.READY || reply.opcode() == Opcode.AUTHENTICATE;
    if (accepted && !started && request.opcode() == Opcode.STARTUP) {
      started = true;
      if (version.usesSegments()) {
        segments = new SegmentReader(compression == Compression.LZ4);
      }
    }
  }

  /** Answers a request later. */
  public void answerLater(SimRequest request, long delayNanos, Reply reply) {
    server.world().after(delayNanos, () -> answer(request, reply));
  }

  /** Sends a message on any stream. */
  public void send(Reply reply, int streamId) {
    send(reply.toFrame(new Reply.Context(Dialect.of(version), null), streamId));
  }

  /** Sends a frame as the connection lays it out. */
  public void send(Frame frame) {
    Frame out = frame;
    if (segments == null && started && compression != null && frame.body().length > 0) {
      out =
          new Frame(
              frame.versionByte(),
              frame.flags() | Frame.FLAG_COMPRESSED,
              frame.streamId(),
              frame.opcodeByte(),
              compression.compressBody(frame.body()));
    }
    sendRaw(out.encode());
  }

  /** Sends the bytes of a frame, or what pretends to be one, as the connection lays them out. */
  public void sendRaw(byte[] bytes) {
    link.toClient(segments == null ? bytes : Segments.wrap(bytes, compression == Compression.LZ4));
  }
}
