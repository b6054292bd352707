package cqloop.netty.conn;

import cqloop.error.TlsFailed;
import cqloop.netty.tls.TlsContext;
import cqloop.netty.tls.TlsFailures;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Loop-owned. The place of one connection in the pipeline of its channel. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {

  private static final String CLOSED_BY_SERVER = "closed by the server";

  private final Traffic traffic;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Connection connection;

  /** As the channel told last: to ask it before each request would touch three objects of Netty. */
  private boolean writable = true;

  ConnectionHandler(Traffic traffic) {
    this.traffic = traffic;
  }

  /** Gives the connection its channel; from now on it gets what is read. */
  void attach(Connection newConnection) {
    connection = newConnection;
  }

  /** Returns the context through which the connection writes. */
  ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  /** Tells whether the socket takes bytes. */
  boolean isWritable() {
    return writable;
  }

  /** Returns what counts the bytes of this loop. */
  Traffic traffic() {
    return traffic;
  }

  /** Hands bytes to the socket. */
  void write(ByteBuf bytes) {
    traffic.bytesSent().add(bytes.readableBytes());
    context().writeAndFlush(bytes, context().voidPromise());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    writable = added.channel().isWritable();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Connection target = connection;
    if (message instanceof ByteBuf bytes && target != null) {
      traffic.bytesReceived().add(bytes.readableBytes());
      try {
        target.onBytes(bytes);
      } finally {
        bytes.release();
      }
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (connection != null) {
      connection.onReadComplete();
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    writable = ctx.channel().isWritable();
    if (connection != null) {
      connection.offerCapacity();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (connection != null) {
      connection.close(CLOSED_BY_SERVER);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (connection != null && event instanceof io.netty.channel.socket.ChannelInputShutdownEvent) {
      connection.close(CLOSED_BY_SERVER);
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (connection == null) {
      // The handshake of TLS failed, and whoever opens the connection hears of it.
      ctx.close();
    } else if (TlsFailures.isTls(cause)) {
      // In TLS 1.3 a node looks at our certificate when the handshake has ended for us.
      TlsFailed failure =
          TlsFailures.of(connection.endpoint(), cause, TlsContext.hasKey(ctx.channel()));
      connection.closeWith(String.valueOf(failure.getMessage()), failure);
    } else {
      connection.closeWith(
          cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
  }
}
