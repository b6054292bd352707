package cqloop.netty.conn;

import cqloop.ProtocolVersion;
import cqloop.error.ConnectionClosed;
import cqloop.error.CqlException;
import cqloop.error.ProtocolViolation;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.message.Event;
import cqloop.netty.message.Features;
import cqloop.netty.message.Opcode;
import cqloop.netty.message.Request;
import cqloop.netty.message.ResponseDecoder;
import cqloop.netty.wire.Compression;
import cqloop.netty.wire.FrameReader;
import cqloop.netty.wire.FrameSink;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. One socket to one node. Requests of one turn of the loop are written into one buffer
 * and flushed together; answers find their requests by stream id.
 *
 * <p>It takes requests while it is {@link #isOpen open}, has a free stream id, and the socket takes
 * bytes. It knows nothing of nodes, plans or rows.
 */
public final class Connection implements FrameSink {

  /** Stream ids are 16 bits with a sign; the highest one is kept for the heartbeat. */
  static final int MAX_IN_FLIGHT = 32_767;

  private enum State {
    OPEN,
    RETIRED,
    CLOSED
  }

  private final EventLoop loop;
  private final ConnectionHandler handler;
  private final String endpoint;
  private final FrameReader reader;
  private final Outbox outbox;
  private final InFlight inFlight;
  private final OrphanLimits orphanLimits;
  private final Heartbeat heartbeat;
  private ConnectionOwner owner;
  private Features features;
  private Map<String, List<String>> supported = Map.of();
  private State state = State.OPEN;
  private boolean versionAgreed;
  private boolean wanted;
  private long lastReadNanos;
  private long lastFrameNanos;
  private long openedNanos;

  Connection(
      Deadlines deadlines,
      ConnectionHandler handler,
      String endpoint,
      ConnectionConfig config,
      Features features,
      ConnectionOwner owner) {
    this.handler = handler;
    this.loop = handler.context().channel().eventLoop();
    this.endpoint = endpoint;
    this.features = features;
    this.owner = owner;
    this.reader = new FrameReader(config.maxFrameBytes());
    this.outbox = new Outbox(deadlines, handler, features, config);
    int limit = Math.min(config.maxInFlight(), MAX_IN_FLIGHT);
    this.inFlight = new InFlight(limit, handler.traffic().orphans());
    this.orphanLimits = new OrphanLimits(this, inFlight, loop, config);
    this.heartbeat = new Heartbeat(this, loop, config.heartbeatNanos(), config.idleNanos());
    this.lastReadNanos = loop.ticker().nanoTime();
    handler.attach(this);
  }

  /**
   * Writes a request and remembers who waits for its answer.
   *
   * @return the bytes of the frame
   * @throws CqlException when the request cannot be encoded; nothing was written then, and the
   *     connection is as before
   */
  public int send(Request request, PendingResponse pending) {
    assert loop.inEventLoop();
    if (!canSend() || !inFlight.add(pending)) {
      throw new IllegalStateException("Connection to " + endpoint + " takes no requests now");
    }
    return write(request, pending);
  }

  /** Writes a heartbeat on the stream id that is kept for it. */
  void sendReserved(Request request, PendingResponse pending) {
    inFlight.put(inFlight.limit(), pending);
    write(request, pending);
  }

  private int write(Request request, PendingResponse pending) {
    int bytes;
    try {
      bytes = outbox.append(request, pending.streamId);
    } catch (RuntimeException e) {
      inFlight.remove(pending);
      throw e;
    }
    pending.connection = this;
    pending.batch = outbox.batch();
    outbox.flushSoon();
    return bytes;
  }

  /** Tells whether {@link #send} may be called now. */
  public boolean canSend() {
    return state == State.OPEN && !inFlight.isFull() && handler.isWritable();
  }

  /** Asks to be told when {@link #canSend} becomes true; asked once. */
  public void wantCapacity() {
    wanted = true;
  }

  /** Gives up waiting: the stream id stays taken until the answer comes, which is then dropped. */
  public void abandon(PendingResponse pending) {
    assert loop.inEventLoop();
    if (pending.connection != this) {
      return;
    }
    pending.connection = null;
    if (state != State.CLOSED) {
      inFlight.orphan(pending);
      orphanLimits.onOrphan();
      closeIfDrained();
    }
  }

  /** Looks after the node when a request that was written then was not answered in time. */
  public void onRequestTimedOut(long writtenNanos) {
    // Bytes are no answer: those of a frame that never ends swallow all that follow.
    if (state != State.CLOSED && lastFrameNanos - writtenNanos < 0) {
      heartbeat.probe();
      owner.onSuspected(this);
    }
  }

  /** Asks the node for a sign of life; without one the connection closes soon. */
  public void probe() {
    if (state != State.CLOSED) {
      heartbeat.probe();
    }
  }

  /** Takes no more requests; closes when the last answer has come. */
  public void retire() {
    assert loop.inEventLoop();
    if (state == State.OPEN) {
      state = State.RETIRED;
      owner.onRetired(this);
      closeIfDrained();
    }
  }

  /** Closes now. Every request that waits is told that the connection closed. */
  public void close(String problem) {
    closeWith(problem, null);
  }

  void closeWith(String problem, @Nullable Throwable cause) {
    assert loop.inEventLoop();
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    reader.close();
    heartbeat.stop();
    orphanLimits.stop();
    outbox.release();
    handler.context().close();
    inFlight.drain(pending -> lose(pending, problem, cause));
    owner.onClosed(
        this,
        cause instanceof CqlException known
            ? known
            : new ConnectionClosed(endpoint, problem, true, cause));
  }

  private void lose(PendingResponse pending, String problem, @Nullable Throwable cause) {
    // Else it was given up by what became of another request in the meantime.
    if (pending.connection == this) {
      pending.connection = null;
      boolean written = pending.batch != outbox.batch();
      pending.onLost(this, new ConnectionClosed(endpoint, problem, written, cause), written);
    }
  }

  public String endpoint() {
    return endpoint;
  }

  public Features features() {
    return features;
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  public boolean isClosed() {
    return state == State.CLOSED;
  }

  /** Counts its stream ids that are taken as load of this node, from now on. */
  public void countFor(NodeLoads loads, int node) {
    inFlight.countFor(loads, node);
  }

  /** Its load counts for no node any more: it takes no requests. */
  public void stopCounting() {
    inFlight.stopCounting();
  }

  /** Returns how many stream ids are taken, orphans included. */
  public int inFlight() {
    return inFlight.size();
  }

  public int orphans() {
    return inFlight.orphans();
  }

  /** Returns when the handshake ended, by the clock of the loop. */
  public long openedNanos() {
    return openedNanos;
  }

  /** Returns when bytes were read last, by the clock of the loop. */
  public long lastReadNanos() {
    return lastReadNanos;
  }

  /** Ends the handshake: the connection now belongs to its pool. */
  void open(ConnectionOwner newOwner) {
    owner = newOwner;
    openedNanos = loop.ticker().nanoTime();
    heartbeat.start();
  }

  /** Takes the options that the server offers; from now on it must keep to the version. */
  void setSupported(Map<String, List<String>> options, ProtocolVersion version) {
    versionAgreed = true;
    supported = options;
    features = Features.of(version, options);
    outbox.writer().setFeatures(features);
    reader.requireVersion(version.code());
  }

  /** Returns the values that the server offers for an option; empty when it has none. */
  List<String> supported(String option) {
    return supported.getOrDefault(option, List.of());
  }

  /** From the next frame on bodies may be compressed, both ways; called when STARTUP asks. */
  void setCompression(Compression compression) {
    reader.setCompression(compression);
    outbox.writer().setCompression(compression);
  }

  /** From the next byte on frames travel in segments, both ways. native_protocol_v5.spec, 2.3.1. */
  void startSegments() {
    reader.startSegments();
    outbox.writer().startSegments();
  }

  void onBytes(ByteBuf bytes) {
    outbox.onRead();
    lastReadNanos = loop.ticker().nanoTime();
    try {
      reader.decode(bytes, this);
    } catch (CqlException broken) {
      closeWith("framing is broken: " + broken.getMessage(), broken);
    }
  }

  @Override
  public void frame(
      int version,
      int flags,
      int streamId,
      int opcode,
      byte[] body,
      int bodyLength,
      int wireBytes) {
    lastFrameNanos = lastReadNanos;
    if (!versionAgreed && opcode == Opcode.ERROR) {
      // Old servers refuse a version before they have read the stream id, and answer on stream 0.
      answer(inFlight.limit(), flags, opcode, body, wireBytes);
    } else if (streamId < 0) {
      onEventFrame(flags, opcode, body);
    } else {
      answer(streamId, flags, opcode, body, wireBytes);
    }
  }

  private void answer(int streamId, int flags, int opcode, byte[] body, int wireBytes) {
    if (!inFlight.isTaken(streamId)) {
      throw new ProtocolViolation(
          "%s answered with opcode 0x%02x on stream %s, on which no request waits"
              .formatted(endpoint, opcode, streamId));
    }
    PendingResponse pending = inFlight.complete(streamId);
    if (pending != null) {
      pending.connection = null;
      pending.onResponse(this, flags, opcode, body, wireBytes);
    }
    afterAnswer();
  }

  @Override
  public void corruptBody(int streamId, CqlException error) {
    if (streamId >= 0 && inFlight.isTaken(streamId)) {
      PendingResponse pending = inFlight.complete(streamId);
      if (pending != null) {
        pending.connection = null;
        pending.onLost(this, error, true);
      }
    }
    retire();
    afterAnswer();
  }

  private void onEventFrame(int flags, int opcode, byte[] body) {
    if (opcode != Opcode.EVENT) {
      throw new ProtocolViolation(
          "%s sent opcode 0x%02x on the stream of events".formatted(endpoint, opcode));
    }
    if (ResponseDecoder.decode(opcode, flags, body, body.length, features) instanceof Event event) {
      owner.onEvent(this, event);
    }
  }

  private void afterAnswer() {
    if (state == State.RETIRED) {
      closeIfDrained();
    } else {
      offerCapacity();
    }
  }

  private void closeIfDrained() {
    if (state == State.RETIRED && inFlight.size() == inFlight.orphans()) {
      closeWith("retired", null);
    }
  }

  void onReadComplete() {
    outbox.onReadComplete();
  }

  void offerCapacity() {
    if (wanted && canSend()) {
      wanted = false;
      owner.onAvailable(this);
    }
  }
}
