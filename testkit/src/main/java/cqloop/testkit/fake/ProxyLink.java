package cqloop.testkit.fake;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** Loop-owned. One proxied connection: the client's socket and ours to the server. */
final class ProxyLink {
  private final NetSocketInternal client;
  private final NetSocketInternal server;
  private final ProxyPipe toServer;
  private final ProxyPipe toClient;
  private int closedSockets;

  ProxyLink(
      ContextInternal context,
      NetSocket client,
      NetSocket server,
      ProxyCounter toServerCounter,
      ProxyCounter toClientCounter) {
    this.client = (NetSocketInternal) client;
    this.server = (NetSocketInternal) server;
    this.toServer = new ProxyPipe(context, client, server, toServerCounter, this::cut);
    this.toClient = new ProxyPipe(context, server, client, toClientCounter, this::cut);
  }

  /** Starts both directions; {@code onEnd} runs when both sockets are closed. */
  void start(Runnable onEnd) {
    // Resets are what a fault proxy is for; the close handlers follow.
    client.exceptionHandler(error -> {});
    server.exceptionHandler(error -> {});
    client.closeHandler(
        v -> {
          toServer.onSourceClosed();
          closed(onEnd);
        });
    server.closeHandler(
        v -> {
          toClient.onSourceClosed();
          closed(onEnd);
        });
    toServer.start();
    toClient.start();
    client.resume();
  }

  ProxyPipe pipe(FaultProxy.Direction direction) {
    return direction == FaultProxy.Direction.TO_SERVER ? toServer : toClient;
  }

  void close() {
    client.close();
    server.close();
  }

  void reset() {
    reset(client);
    reset(server);
  }

  /** Sends FIN to the receiver of a direction; the other direction goes on. */
  void halfClose(FaultProxy.Direction direction) {
    NetSocketInternal receiver = direction == FaultProxy.Direction.TO_SERVER ? server : client;
    if (receiver.channelHandlerContext().channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
  }

  static void reset(NetSocketInternal socket) {
    socket.channelHandlerContext().channel().config().setOption(ChannelOption.SO_LINGER, 0);
    socket.close();
  }

  private void closed(Runnable onEnd) {
    closedSockets++;
    if (closedSockets == 2) {
      onEnd.run();
    }
  }

  private void cut(ProxyFaults.Cut.How how) {
    switch (how) {
      case CLOSE -> close();
      case RESET -> reset();
      case SILENCE -> {
        // The pipe swallows what follows; both sockets stay open.
      }
    }
  }
}
