package cqloop.netty.vertx;

import cqloop.netty.conn.Opening;
import cqloop.netty.conn.OpeningGate;
import cqloop.netty.conn.ShardPort;
import cqloop.netty.conn.Transport;
import cqloop.netty.tls.TlsContext;
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
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. Sockets of the application's own Vert.x, with its transport and resolver. It holds
 * the client for as long as it lives: Vert.x closes the sockets of a client that nobody holds.
 *
 * <p>Every connection of a session comes from here: with TLS, all of them are secured.
 */
public final class VertxTransport implements Transport {

  private final VertxInternal vertx;
  private final NetClientInternal client;
  private final ConnectOptions template;
  private final @Nullable LocalPorts localPorts;
  private final LocalPorts shardPorts;
  private final @Nullable SniProxy proxy;
  private final OpeningGate gate;

  /** Published: replaced whole when keys and trust were read again. */
  private volatile @Nullable TlsContext tls;

  /**
   * @param client opens the sockets, in plain text
   * @param template options of each connect, without address
   * @param localPorts where connections come from, or null for what the operating system chooses
   * @param shardPorts where connections to a certain shard come from
   * @param proxy the nodes are behind, or null when they are reached at their addresses
   * @param gate says who may connect now
   * @param tls secures the sockets, or null for plain text
   */
  public VertxTransport(
      VertxInternal vertx,
      NetClientInternal client,
      ConnectOptions template,
      @Nullable LocalPorts localPorts,
      LocalPorts shardPorts,
      @Nullable SniProxy proxy,
      OpeningGate gate,
      @Nullable TlsContext tls) {
    this.vertx = vertx;
    this.client = client;
    this.template = template;
    this.localPorts = localPorts;
    this.shardPorts = shardPorts;
    this.proxy = proxy;
    this.gate = gate;
    this.tls = tls;
  }

  /** Secures the sockets that are opened from now on with other keys and trust. */
  void setTls(TlsContext newer) {
    tls = newer;
  }

  @Override
  public Opening connect(
      EventLoop loop,
      SocketAddress address,
      @Nullable ShardPort shard,
      ChannelHandler handler,
      Completable<Channel> done) {
    SocketOpening opening =
        new SocketOpening(
            this,
            loop,
            address,
            shard == null ? address.port() : shard.port(),
            shard == null ? localPorts : shardPorts.leadingTo(shard.shard(), shard.shards()),
            handler,
            done);
    opening.start();
    return opening;
  }

  @Override
  public OpeningGate gate() {
    return gate;
  }

  @Nullable TlsContext tls() {
    return tls;
  }

  @Nullable SniProxy proxy() {
    return proxy;
  }

  /** Returns what does the long parts of TLS handshakes: checking chains, arithmetic of keys. */
  Executor worker() {
    return vertx.internalWorkerPool().executor();
  }

  /** Returns a context of the driver's own: it belongs to no verticle. */
  ContextInternal contextOn(EventLoop loop) {
    return LoopContexts.contextOn(vertx, loop);
  }

  /**
   * Connects.
   *
   * @param port of the host that has this address
   */
  void connect(
      SocketAddress address, int port, Promise<NetSocket> connected, ContextInternal context) {
    SocketAddress reached = proxy == null ? at(address, port) : proxy.address();
    client.connectInternal(
        new ConnectOptions(template).setRemoteAddress(reached), connected, context);
  }

  private static SocketAddress at(SocketAddress address, int port) {
    if (port == address.port()) {
      return address;
    }
    String literal = address.hostAddress();
    return SocketAddress.inetSocketAddress(port, literal == null ? address.host() : literal);
  }
}
