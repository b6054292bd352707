package cqloop.netty.vertx;

import cqloop.error.TlsFailed;
import cqloop.metadata.Node;
import cqloop.netty.conn.Opening;
import cqloop.netty.tls.TlsContext;
import cqloop.netty.tls.TlsFailures;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Completable;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.BindException;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. One socket on its way: connected by Vert.x, from a local port of the range when there
 * is one, secured where the options say so, and given up at any moment.
 */
final class SocketOpening implements Opening {

  /** Vert.x names the last handler of its pipelines so. */
  private static final String VERTX_HANDLER = "handler";

  private static final String CQL_HANDLER = "cql";
  private static final String TURN_HANDLER = "cql-turn";

  /**
   * What may wait for the socket before requests must wait themselves. The default of Netty, 64 KB,
   * is one turn of a busy loop.
   */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

  private final VertxTransport transport;
  private final EventLoop loop;
  private final SocketAddress address;
  private final int remotePort;
  private final ChannelHandler handler;
  private final Completable<Channel> done;
  private final @Nullable LocalPorts ports;

  private @Nullable Channel channel;
  private @Nullable Throwable bindFailure;
  private int port;
  private int portsTried;
  private boolean ended;

  SocketOpening(
      VertxTransport transport,
      EventLoop loop,
      SocketAddress address,
      int remotePort,
      @Nullable LocalPorts ports,
      ChannelHandler handler,
      Completable<Channel> done) {
    this.transport = transport;
    this.loop = loop;
    this.address = address;
    this.remotePort = remotePort;
    this.handler = handler;
    this.done = done;
    this.ports = ports;
  }

  void start() {
    if (ports != null && ports.count() == 0) {
      ended = true;
      done.fail(new BindException("no local port up to %s leads there".formatted(ports.max())));
      return;
    }
    if (ports != null) {
      port = portsTried == 0 ? ports.any() : ports.after(port);
      portsTried++;
    }
    ContextInternal context = transport.contextOn(new OpeningLoop(loop, this::onRegistered));
    Promise<NetSocket> connected = context.promise();
    connected.future().onComplete(this::onConnected);
    transport.connect(address, remotePort, connected, context);
  }

  private void onRegistered(Channel registered) {
    channel = registered;
    if (ended) {
      registered.close();
    } else if (ports != null) {
      registered
          .bind(ports.at(port))
          .addListener(
              bound -> {
                if (!bound.isSuccess()) {
                  bindFailure = bound.cause();
                  registered.close();
                }
              });
    }
  }

  private void onConnected(@Nullable NetSocket socket, @Nullable Throwable failure) {
    Throwable cause = bindFailure == null ? failure : bindFailure;
    bindFailure = null;
    if (ended) {
      if (socket != null) {
        socket.close();
      }
    } else if (cause == null && socket != null) {
      onSocket(prepare((NetSocketInternal) socket));
    } else if (isPortTaken(cause)) {
      goOnWithNextPort(cause);
    } else {
      ended = true;
      done.fail(cause);
    }
  }

  /** A port that is in use shows when it is bound, or, when it may be reused, at the connect. */
  private boolean isPortTaken(@Nullable Throwable cause) {
    return ports != null
        && (cause instanceof BindException
            || (cause instanceof ConnectException
                && String.valueOf(cause.getMessage()).contains("annot assign requested address")));
  }

  private void goOnWithNextPort(@Nullable Throwable cause) {
    LocalPorts range = ports;
    if (range == null || portsTried < range.count()) {
      start();
      return;
    }
    ended = true;
    String problem = cause == null ? "" : cause.getMessage();
    done.fail(
        new BindException(
            range.min() == 0
                ? "the local address %s cannot be used (%s)".formatted(range.address(), problem)
                : "every local port from %s to %s is in use (%s); widen tcp.localPortMin and localPortMax"
                    .formatted(range.min(), range.max(), problem)));
  }

  private void onSocket(Channel connected) {
    TlsContext tls = transport.tls();
    if (tls == null) {
      ended = true;
      done.succeed(connected);
    } else {
      secure(connected, tls);
    }
  }

  /** Nothing is written before the handshake ends, so nothing can be written in clear. */
  private void secure(Channel connected, TlsContext tls) {
    channel = connected;
    SniProxy proxy = transport.proxy();
    try {
      SslHandler ssl =
          proxy == null
              ? tls.secure(
                  connected, CQL_HANDLER, hostOf(address), address.port(), transport.worker())
              : tls.secure(connected, CQL_HANDLER, proxy.peer(address.host()), transport.worker());
      ssl.handshakeFuture()
          .addListener(handshake -> onHandshake(connected, tls, handshake.cause()));
    } catch (TlsFailed noNameToCheck) {
      onHandshake(connected, tls, noNameToCheck);
    }
  }

  /** A look-up keeps the name beside the address; the name is what certificates are checked for. */
  private static String hostOf(SocketAddress address) {
    String name = address.hostName();
    return name == null ? address.host() : name;
  }

  private void onHandshake(Channel connected, TlsContext tls, @Nullable Throwable failure) {
    if (failure != null) {
      connected.close();
    }
    if (ended) {
      return;
    }
    ended = true;
    if (failure == null) {
      done.succeed(connected);
    } else {
      done.fail(TlsFailures.of(Node.at(0, address).label(), failure, tls.hasKey()));
    }
  }

  private Channel prepare(NetSocketInternal socket) {
    ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
    pipeline.channel().config().setWriteBufferWaterMark(WATER_MARK);
    pipeline.addBefore(VERTX_HANDLER, TURN_HANDLER, new ReadTurn(transport.contextOn(loop)));
    pipeline.addBefore(VERTX_HANDLER, CQL_HANDLER, handler);
    return pipeline.channel();
  }

  @Override
  public void abort() {
    if (!ended) {
      ended = true;
      Channel opened = channel;
      if (opened != null) {
        opened.close();
      }
      done.fail(new ConnectException("given up before the socket was connected"));
    }
  }
}
