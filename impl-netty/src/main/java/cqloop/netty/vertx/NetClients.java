package cqloop.netty.vertx;

import cqloop.CqlOptions;
import cqloop.TcpOptions;
import cqloop.netty.conn.Transport;
import cqloop.netty.tls.TlsContext;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetClientInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClientOptions;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. The client of Vert.x that opens the sockets of one session. It belongs to no
 * verticle: the session decides when it closes.
 */
public final class NetClients {

  private static final String GATE_KEY = "cqloop.gate";

  private final NetClientInternal client;
  private final VertxTransport transport;

  /** One for all sessions of this Vert.x: together they must not storm a node. */
  private final SharedResource<NodeGate> gate;

  /**
   * To be called on the home loop.
   *
   * @param random gives a number from 0 to below its argument; any thread
   * @param proxy that the nodes are behind, or null
   * @param tls secures the sockets, or null for plain text
   */
  public NetClients(
      VertxInternal vertx,
      CqlOptions options,
      EventLoop home,
      IntUnaryOperator random,
      @Nullable SniProxy proxy,
      @Nullable TlsContext tls) {
    // A client belongs to the context that makes it: this one outlives every verticle.
    ContextInternal own = LoopContexts.contextOn(vertx, home);
    ContextInternal before = own.beginDispatch();
    try {
      client = (NetClientInternal) vertx.createNetClient(clientOptions(options));
    } finally {
      own.endDispatch(before);
    }
    gate =
        SharedResource.acquire(
            vertx,
            GATE_KEY,
            GATE_KEY,
            () -> new NodeGate(LoopContexts.loopsOf(vertx)),
            last -> Future.succeededFuture());
    ConnectOptions template =
        new ConnectOptions()
            .setTimeout((int) options.getConnection().getConnectTimeout().toMillis());
    transport =
        new VertxTransport(
            vertx,
            client,
            template,
            localPorts(options, random),
            shardPorts(options, random),
            proxy,
            gate.get(),
            tls);
  }

  /** Secures the sockets that are opened from now on with other keys and trust. */
  public void setTls(TlsContext newer) {
    transport.setTls(newer);
  }

  /** Returns what opens the sockets. */
  public Transport transport() {
    return transport;
  }

  /** Closes the client and what is left of its sockets. */
  public Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    client.close().eventually(gate::release).onComplete(promise);
    return promise.future();
  }

  private static NetClientOptions clientOptions(CqlOptions options) {
    TcpOptions tcp = options.getConnection().getTcp();
    NetClientOptions client =
        new NetClientOptions()
            .setTcpNoDelay(tcp.isNoDelay())
            .setTcpKeepAlive(tcp.isKeepAlive())
            .setReconnectAttempts(0);
    if (tcp.getKeepAliveIdleSeconds() > 0) {
      client.setTcpKeepAliveIdleSeconds(tcp.getKeepAliveIdleSeconds());
    }
    if (tcp.getSendBufferBytes() > 0) {
      client.setSendBufferSize(tcp.getSendBufferBytes());
    }
    if (tcp.getReceiveBufferBytes() > 0) {
      client.setReceiveBufferSize(tcp.getReceiveBufferBytes());
    }
    return client;
  }

  /**
   * The default range is that of connections to a certain shard; others get their port from the
   * operating system, unless the user has narrowed the range.
   */
  private static boolean hasPortRange(TcpOptions tcp) {
    return tcp.getLocalPortMin() != TcpOptions.DEFAULT_LOCAL_PORT_MIN
        || tcp.getLocalPortMax() != TcpOptions.DEFAULT_LOCAL_PORT_MAX;
  }

  private static @Nullable LocalPorts localPorts(CqlOptions options, IntUnaryOperator random) {
    TcpOptions tcp = options.getConnection().getTcp();
    if (hasPortRange(tcp)) {
      return shardPorts(options, random);
    }
    return tcp.getLocalAddress() == null
        ? null
        : new LocalPorts(tcp.getLocalAddress(), 0, 0, 1, random);
  }

  private static LocalPorts shardPorts(CqlOptions options, IntUnaryOperator random) {
    TcpOptions tcp = options.getConnection().getTcp();
    return new LocalPorts(
        tcp.getLocalAddress(), tcp.getLocalPortMin(), tcp.getLocalPortMax(), 1, random);
  }
}
