package cqloop.bench.scale;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Loop-owned. What the same requests cost without a driver: a socket to each node, frames that were
 * encoded before, answers that are counted by their headers. What this costs more with many sockets
 * than with few is the price of the sockets, on this machine.
 */
final class FloorRun {

  private static final int HEADER = 9; // native_protocol_v4.spec, 2
  private static final byte EXECUTE = 0x0A;
  private static final byte PREPARE = 0x09;
  private static final byte STARTUP = 0x01;

  private final LoopCost cost = new LoopCost();
  private final Promise<String> done = Promise.promise();
  private final List<Floor> sockets = new ArrayList<>();
  private final int inFlight;

  /**
   * @param inFlight on each socket
   */
  FloorRun(int inFlight) {
    this.inFlight = inFlight;
  }

  String run(Vertx vertx, Context context, List<SocketAddress> nodes) throws Exception {
    NetClient client = vertx.createNetClient();
    Promise<Void> ready = Promise.promise();
    context.runOnContext(turn -> connect(client, nodes, 0).onComplete(ready));
    ready.future().toCompletionStage().toCompletableFuture().get();
    context.runOnContext(turn -> sockets.forEach(Floor::begin));
    String result = done.future().toCompletionStage().toCompletableFuture().get();
    client.close().toCompletionStage().toCompletableFuture().get();
    return result;
  }

  private Future<Void> connect(NetClient client, List<SocketAddress> nodes, int from) {
    if (from == nodes.size()) {
      return Future.succeededFuture();
    }
    return client
        .connect(nodes.get(from))
        .compose(
            socket -> {
              Floor floor = new Floor(socket);
              sockets.add(floor);
              return floor.prepare();
            })
        .compose(prepared -> connect(client, nodes, from + 1));
  }

  private void onAnswer() {
    if (cost.count()) {
      done.tryComplete(cost.perRequest());
    }
  }

  private static Buffer frame(byte opcode, Buffer body) {
    return Buffer.buffer()
        .appendByte((byte) 4)
        .appendByte((byte) 0)
        .appendShort((short) 0)
        .appendByte(opcode)
        .appendInt(body.length())
        .appendBuffer(body);
  }

  /** Loop-owned. One socket. */
  private final class Floor {

    private final NetSocket socket;
    private final Promise<Void> prepared = Promise.promise();
    private Buffer rest = Buffer.buffer();
    private Buffer request = Buffer.buffer();

    Floor(NetSocket socket) {
      this.socket = socket;
      socket.handler(this::onBytes);
      socket.exceptionHandler(done::tryFail);
    }

    Future<Void> prepare() {
      Buffer options = Buffer.buffer().appendShort((short) 1);
      text(options, "CQL_VERSION");
      text(options, "3.0.0");
      socket.write(frame(STARTUP, options));
      byte[] cql = LargeCluster.POINT.getBytes(StandardCharsets.US_ASCII);
      socket.write(frame(PREPARE, Buffer.buffer().appendInt(cql.length).appendBytes(cql)));
      return prepared.future();
    }

    private void text(Buffer to, String text) {
      to.appendShort((short) text.length()).appendString(text);
    }

    void begin() {
      write(inFlight);
    }

    private void write(int count) {
      Buffer frames = Buffer.buffer(count * request.length());
      for (int i = 0; i < count; i++) {
        frames.appendBuffer(request);
      }
      socket.write(frames);
    }

    private void onBytes(Buffer more) {
      Buffer all = rest.length() == 0 ? more : rest.appendBuffer(more);
      int at = 0;
      int answers = 0;
      while (all.length() - at >= HEADER && all.length() - at >= HEADER + all.getInt(at + 5)) {
        if (request.length() > 0) {
          answers++;
          onAnswer();
        } else if (all.getByte(at + 4) == 8) {
          onPrepared(all.slice(at + HEADER, at + HEADER + all.getInt(at + 5)));
        }
        at += HEADER + all.getInt(at + 5);
      }
      rest = at == all.length() ? Buffer.buffer() : all.getBuffer(at, all.length());
      if (answers > 0) {
        write(answers);
      }
    }

    /** All are on one stream: nobody but the driver needs to know which answer is whose. */
    private void onPrepared(Buffer result) {
      int length = result.getUnsignedShort(4);
      Buffer body =
          Buffer.buffer()
              .appendShort((short) length)
              .appendBuffer(result.getBuffer(6, 6 + length))
              .appendShort((short) 1)
              .appendByte((byte) 1)
              .appendShort((short) 1)
              .appendInt(4)
              .appendInt(7);
      request = frame(EXECUTE, body);
      prepared.complete();
    }
  }
}
