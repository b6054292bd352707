package cqloop.bench.stub;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Facade. The stub server: one event loop, any number of connections, one port plain and one for
 * TLS.
 */
public final class StubServer implements AutoCloseable {
  private static final int RECEIVE = 256 * 1024;

  private final Map<Integer, Encodings> encodings = new HashMap<>();
  private final Consumer<String> log;
  private final EventLoopGroup group;
  private final Class<? extends ServerSocketChannel> channelClass;

  /**
   * Starts the event loop: epoll where it can be had, else NIO. What goes wrong is told to {@code
   * log}.
   */
  public StubServer(Consumer<String> log) {
    this.log = log;
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    group = new MultiThreadIoEventLoopGroup(1, io);
    channelClass = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /** Listens on a free loopback port; with TLS if {@code tls} is given. */
  public InetSocketAddress listen(@Nullable SslContext tls) throws InterruptedException {
    ServerBootstrap bootstrap = new ServerBootstrap();
    bootstrap.group(group).channel(channelClass);
    bootstrap.childOption(ChannelOption.TCP_NODELAY, true);
    bootstrap.childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
    bootstrap.childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE));
    bootstrap.childHandler(
        new ChannelInitializer<SocketChannel>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            if (tls != null) {
              channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            }
            channel.pipeline().addLast(new StubConnection(StubServer.this));
          }
        });
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Channel channel = bootstrap.bind(any).sync().channel();
    return (InetSocketAddress) channel.localAddress();
  }

  /** The answers of a version, made once; called on the event loop. */
  Encodings encodings(int version, boolean lz4) {
    return encodings.computeIfAbsent(
        version << 1 | (lz4 ? 1 : 0), id -> new Encodings(version, lz4));
  }

  void report(String what) {
    log.accept(what);
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
