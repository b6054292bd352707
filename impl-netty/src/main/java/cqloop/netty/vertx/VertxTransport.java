package cqloop.netty.vertx;

import cqloop.netty.conn.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.Completable;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetClientInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.function.Function;

/**
 * Any thread. Sockets of the application's own Vert.x, with its transport and resolver. It holds
 * the client for as long as it lives: Vert.x closes the sockets of a client that nobody holds.
 */
public final class VertxTransport implements Transport {

  /** Vert.x names the last handler of its pipelines so. */
  private static final String VERTX_HANDLER = "handler";

  /**
   * What may wait for the socket before requests must wait themselves. The default of Netty, 64 KB,
   * is one turn of a busy loop.
   */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

  private final NetClientInternal client;
  private final ConnectOptions template;
  private final Function<EventLoop, ContextInternal> contexts;

  /**
   * @param client opens the sockets
   * @param template options of each connect, without address
   * @param contexts gives the driver's own context of a loop
   */
  public VertxTransport(
      NetClientInternal client,
      ConnectOptions template,
      Function<EventLoop, ContextInternal> contexts) {
    this.client = client;
    this.template = template;
    this.contexts = contexts;
  }

  @Override
  public void connect(
      EventLoop loop, SocketAddress address, ChannelHandler handler, Completable<Channel> done) {
    ContextInternal context = contexts.apply(loop);
    Promise<NetSocket> connected = context.promise();
    connected
        .future()
        .onComplete(
            (socket, failure) -> {
              if (failure == null) {
                done.succeed(prepare((NetSocketInternal) socket, handler));
              } else {
                done.fail(failure);
              }
            });
    client.connectInternal(
        new ConnectOptions(template).setRemoteAddress(address), connected, context);
  }

  private static Channel prepare(NetSocketInternal socket, ChannelHandler handler) {
    ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
    pipeline.channel().config().setWriteBufferWaterMark(WATER_MARK);
    pipeline.addBefore(VERTX_HANDLER, "cql", handler);
    return pipeline.channel();
  }
}
