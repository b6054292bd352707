package cqloop.testkit.scylla;

import cqloop.testkit.fake.Compression;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.FrameReader;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.WireFormatException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Loop-owned. One connection of a client, and the one to the node that belongs to it. */
final class FrontLink {
  private final NetSocket client;
  private final RequestDesk desk;
  private final FrameReader fromClient = new FrameReader();
  private final FrameReader fromNode = new FrameReader();

  /** What is done to answers that are awaited, by stream id: bounded by the ids there are. */
  private final Map<Integer, UnaryOperator<Frame>> changes = new HashMap<>();

  private @Nullable NetSocket node;
  private boolean closed;

  FrontLink(NetSocket client, RequestDesk desk, Runnable onEnd) {
    this.client = client;
    this.desk = desk;
    client.pause();
    // Resets are normal in tests; the close handler follows.
    client.exceptionHandler(error -> {});
    client.closeHandler(
        v -> {
          close();
          onEnd.run();
        });
  }

  FrontConnection connection() {
    return desk.connection();
  }

  /** Starts to pass on, now that the node has been reached. */
  void connected(NetSocket upstream) {
    if (closed) {
      upstream.close();
      return;
    }
    node = upstream;
    upstream.exceptionHandler(error -> {});
    upstream.closeHandler(v -> close());
    upstream.handler(bytes -> guard(() -> onNodeBytes(bytes)));
    upstream.drainHandler(v -> client.resume());
    client.drainHandler(v -> upstream.resume());
    client.handler(bytes -> guard(() -> onClientBytes(bytes, upstream)));
    client.resume();
  }

  void close() {
    closed = true;
    client.close();
    if (node != null) {
      node.close();
    }
  }

  private void onClientBytes(Buffer bytes, NetSocket upstream) {
    fromClient.feed(bytes.getBytes());
    for (Frame frame = fromClient.next(); frame != null; frame = fromClient.next()) {
      onRequest(frame, upstream);
    }
    if (upstream.writeQueueFull()) {
      client.pause();
    }
  }

  private void onRequest(Frame frame, NetSocket upstream) {
    Compression compression = desk.connection().compression();
    Frame plain = frame;
    if (frame.hasFlag(Frame.FLAG_COMPRESSED)) {
      if (compression == null) {
        String text = "a compressed body, and no compression was agreed on";
        answer(RequestDesk.refuse(frame, Errors.error(Errors.PROTOCOL_ERROR, text)));
        return;
      }
      plain = with(frame, false, compression.decompressBody(frame.body()));
    }
    Verdict verdict = desk.decide(plain);
    if (verdict.change() != null) {
      changes.put(plain.streamId(), verdict.change());
    }
    if (verdict.toNode() != null) {
      upstream.write(Buffer.buffer(verdict.toNode().encode()));
    } else {
      answer(verdict);
    }
  }

  private void answer(Verdict verdict) {
    if (verdict.answer() != null) {
      toClient(verdict.answer());
    }
  }

  private void onNodeBytes(Buffer bytes) {
    fromNode.feed(bytes.getBytes());
    for (Frame frame = fromNode.next(); frame != null; frame = fromNode.next()) {
      UnaryOperator<Frame> change = changes.remove(frame.streamId());
      toClient(change == null ? frame : change.apply(frame));
    }
    if (node != null && client.writeQueueFull()) {
      node.pause();
    }
  }

  private void toClient(Frame frame) {
    Compression compression = desk.connection().compression();
    Opcode opcode = frame.opcode();
    boolean agreed = opcode != Opcode.READY && opcode != Opcode.AUTHENTICATE;
    Frame sent =
        compression != null && agreed && frame.body().length > 0
            ? with(frame, true, compression.compressBody(frame.body()))
            : frame;
    client.write(Buffer.buffer(sent.encode()));
  }

  private static Frame with(Frame frame, boolean compressed, byte[] body) {
    int others = frame.flags() & ~Frame.FLAG_COMPRESSED;
    int flags = compressed ? others | Frame.FLAG_COMPRESSED : others;
    return new Frame(frame.versionByte(), flags, frame.streamId(), frame.opcodeByte(), body);
  }

  /** Bytes that make no sense end the connection, as they do at a server. */
  private void guard(Runnable work) {
    try {
      work.run();
    } catch (WireFormatException e) {
      close();
    }
  }
}
