package cqloop.netty.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cqloop.CqlOptions;
import cqloop.TcpOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of a session, read from a live socket. */
class NetClientsTest {

  // Vert.x closes the sockets of a client that nobody holds.
  private final List<NetClients> clients = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private SocketAddress address;

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  /** Starts a server on the transport of the JDK, or on epoll where that can be loaded. */
  private void listen(boolean epoll) throws Exception {
    vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(epoll));
    assumeTrue(vertx.isNativeTransportEnabled() == epoll, "epoll is there on Linux on x86_64 only");
    NetServer server =
        await(vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));
    address = SocketAddress.inetSocketAddress(server.actualPort(), "127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void socketsSendAtOnceAndAreProbedUnlessTold(boolean epoll) throws Exception {
    listen(epoll);
    Channel channel = open(new CqlOptions());
    assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isTrue();
    assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void socketsHaveTheOptionsOfTheSession(boolean epoll) throws Exception {
    listen(epoll);
    Channel channel =
        open(
            with(
                new TcpOptions()
                    .setNoDelay(false)
                    .setKeepAlive(false)
                    .setSendBufferBytes(16_384)
                    .setReceiveBufferBytes(32_768)
                    .setLocalAddress("127.0.0.77")));
    assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isFalse();
    assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isFalse();
    // Linux takes twice what it is asked for, for its own bookkeeping: socket(7).
    assertThat(channel.config().getOption(ChannelOption.SO_SNDBUF)).isIn(16_384, 32_768);
    assertThat(channel.config().getOption(ChannelOption.SO_RCVBUF)).isIn(32_768, 65_536);
    assertThat(((InetSocketAddress) channel.localAddress()).getHostString())
        .isEqualTo("127.0.0.77");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void loopOfTheCallerOwnsTheSocket(boolean epoll) throws Exception {
    listen(epoll);
    for (EventLoop loop : LoopContexts.loopsOf(vertx)) {
      assertThat(open(new CqlOptions(), loop).eventLoop()).isSameAs(loop);
    }
  }

  @Test
  void idleTimeOfProbesIsForTransportsThatCanSetIt() throws Exception {
    listen(true);
    Channel channel = open(with(new TcpOptions().setKeepAliveIdleSeconds(77)));
    assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
    assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(77);
  }

  @Test
  void idleTimeOfProbesIsIgnoredByTheTransportOfTheJdk() throws Exception {
    listen(false);
    Channel channel = open(with(new TcpOptions().setKeepAliveIdleSeconds(77)));
    assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
    assertThat(channel.isActive()).isTrue();
  }

  private static CqlOptions with(TcpOptions tcp) {
    CqlOptions options = new CqlOptions();
    options.getConnection().setTcp(tcp);
    return options;
  }

  private Channel open(CqlOptions options) throws Exception {
    return open(options, LoopContexts.loopsOf(vertx).get(0));
  }

  private Channel open(CqlOptions options, EventLoop loop) throws Exception {
    Promise<Channel> opened = Promise.promise();
    loop.execute(
        () -> {
          NetClients opener =
              new NetClients((VertxInternal) vertx, options, loop, bound -> 0, null, null);
          clients.add(opener);
          opener
              .transport()
              .connect(loop, address, null, new ChannelInboundHandlerAdapter(), opened);
        });
    return await(opened.future());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
