package cqloop.netty.vertx;

import cqloop.netty.conn.Opening;
import cqloop.netty.conn.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetClientInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. Sockets of the application's own Vert.x, with its transport and resolver. It holds
 * the client for as long as it lives: Vert.x closes the sockets of a client that nobody holds.
 */
public final class VertxTransport implements Transport {

  private final VertxInternal vertx;
  private final NetClientInternal client;
  private final ConnectOptions template;
  private final @Nullable LocalPorts localPorts;

  /**
   * @param client opens the sockets
   * @param template options of each connect, without address
   * @param localPorts where connections come from, or null for what the operating system chooses
   */
  public VertxTransport(
      VertxInternal vertx,
      NetClientInternal client,
      ConnectOptions template,
      @Nullable LocalPorts localPorts) {
    this.vertx = vertx;
    this.client = client;
    this.template = template;
    this.localPorts = localPorts;
  }

  @Override
  public Opening connect(
      EventLoop loop, SocketAddress address, ChannelHandler handler, Completable<Channel> done) {
    SocketOpening opening = new SocketOpening(this, loop, address, handler, done);
    opening.start();
    return opening;
  }

  @Nullable LocalPorts localPorts() {
    return localPorts;
  }

  /** Returns a context of the driver's own: it belongs to no verticle. */
  ContextInternal contextOn(EventLoop loop) {
    return LoopContexts.contextOn(vertx, loop);
  }

  void connect(SocketAddress address, Promise<NetSocket> connected, ContextInternal context) {
    client.connectInternal(
        new ConnectOptions(template).setRemoteAddress(address), connected, context);
  }
}
