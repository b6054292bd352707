package cqloop.netty.it;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes on both ways, and looks at each: is it of a TLS record? */
final class SniffingProxy {

  private static final int HEADER_BYTES = 5; // RFC 8446, 5.1
  private static final int MAX_RECORD_BYTES = (1 << 14) + 2048; // RFC 5246, 6.2.3

  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final NetClient client;
  private final NetServer server;

  SniffingProxy(Vertx vertx, InetSocketAddress target) {
    client = vertx.createNetClient();
    server =
        Awaits.get(
            vertx
                .createNetServer()
                .connectHandler(
                    socket -> {
                      socket.pause();
                      client
                          .connect(target.getPort(), target.getAddress().getHostAddress())
                          .onSuccess(upstream -> link(socket, upstream))
                          .onFailure(unreachable -> socket.close());
                    })
                .listen(0, "127.0.0.1"));
  }

  private void link(NetSocket socket, NetSocket upstream) {
    pipe(socket, upstream);
    pipe(upstream, socket);
    socket.resume();
  }

  private void pipe(NetSocket from, NetSocket to) {
    Watch watch = new Watch();
    watches.add(watch);
    from.handler(
        bytes -> {
          watch.look(bytes);
          to.write(bytes);
        });
    from.closeHandler(closed -> to.close());
  }

  String endpoint() {
    return "127.0.0.1:" + port();
  }

  int port() {
    return server.actualPort();
  }

  int connections() {
    return watches.size() / 2;
  }

  long bytes() {
    return watches.stream().mapToLong(watch -> watch.bytes).sum();
  }

  /** Returns how many bytes belonged to no TLS record. */
  long clearBytes() {
    return watches.stream().mapToLong(watch -> watch.clear).sum();
  }

  /** One direction of one connection, on one loop; read by the test when all is quiet. */
  private static final class Watch {
    private volatile long bytes;
    private volatile long clear;
    private Buffer rest = Buffer.buffer();

    @SuppressWarnings("NonAtomicVolatileUpdate") // One writer: the loop of the proxy.
    void look(Buffer read) {
      bytes += read.length();
      rest.appendBuffer(read);
      int at = 0;
      while (rest.length() - at >= HEADER_BYTES) {
        int type = rest.getUnsignedByte(at);
        int length = rest.getUnsignedShort(at + 3);
        boolean record =
            type >= 20 && type <= 23 && rest.getByte(at + 1) == 3 && length <= MAX_RECORD_BYTES;
        if (!record) {
          clear += rest.length() - at;
          at = rest.length();
        } else if (rest.length() - at < HEADER_BYTES + length) {
          break;
        } else {
          at += HEADER_BYTES + length;
        }
      }
      rest = rest.getBuffer(at, rest.length());
    }
  }
}
