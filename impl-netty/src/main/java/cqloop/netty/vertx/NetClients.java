package cqloop.netty.vertx;

import cqloop.CqlOptions;
import cqloop.TcpOptions;
import cqloop.netty.conn.Transport;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetClientInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClientOptions;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Home-loop-owned. The client of Vert.x that opens the sockets of one session, and the driver's own
 * context on each loop. They belong to no verticle: the session decides when they close.
 */
public final class NetClients {

  private final NetClientInternal client;
  private final VertxTransport transport;

  /** To be called on the home loop. */
  public NetClients(VertxInternal vertx, CqlOptions options, EventLoop home) {
    Map<EventLoop, ContextInternal> contexts = new IdentityHashMap<>();
    for (EventLoop loop : LoopContexts.loopsOf(vertx)) {
      contexts.put(loop, LoopContexts.contextOn(vertx, loop));
    }
    // A client belongs to the context that makes it: this one outlives every verticle.
    ContextInternal own = LoopContexts.contextOn(vertx, home);
    ContextInternal before = own.beginDispatch();
    try {
      client = (NetClientInternal) vertx.createNetClient(clientOptions(options));
    } finally {
      own.endDispatch(before);
    }
    ConnectOptions template =
        new ConnectOptions()
            .setTimeout((int) options.getConnection().getConnectTimeout().toMillis());
    ClientSSLOptions ssl = options.getSsl();
    if (ssl != null) {
      template.setSsl(true).setSslOptions(verifying(ssl.copy()));
    }
    transport = new VertxTransport(client, template, contexts::get);
  }

  /** Returns what opens the sockets. */
  public Transport transport() {
    return transport;
  }

  /** Closes the client and what is left of its sockets. */
  public Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    client.close().onComplete(promise);
    return promise.future();
  }

  /** Vert.x has no default here and refuses to connect; ours is to verify, "" switches it off. */
  private static ClientSSLOptions verifying(ClientSSLOptions ssl) {
    return ssl.getHostnameVerificationAlgorithm() == null
        ? ssl.setHostnameVerificationAlgorithm("HTTPS")
        : ssl;
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
    if (tcp.getLocalAddress() != null) {
      client.setLocalAddress(tcp.getLocalAddress());
    }
    return client;
  }
}
