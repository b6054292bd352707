package cqloop.netty.sim;

import cqloop.netty.conn.Opening;
import cqloop.netty.conn.ShardPort;
import cqloop.netty.conn.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Not shared. Connects simulated loops with simulated servers. */
public final class SimNetwork implements Transport {

  /** What becomes of an attempt to connect. */
  public enum Outcome {
    ACCEPT,
    REFUSE,
    /** Nobody answers: the limit of connecting ends it. */
    SILENCE
  }

  /** Value. The weather of one connection. */
  public record Weather(
      Outcome outcome, long connectNanos, LinkFaults toServer, LinkFaults toClient) {

    /** A connection on which nothing goes wrong. */
    public static final Weather CALM =
        new Weather(Outcome.ACCEPT, 100_000, LinkFaults.NONE, LinkFaults.NONE);
  }

  /** Value. An attempt to connect. */
  public record Connect(SimLoop loop, SocketAddress address, long atNanos) {}

  private final SimWorld world;
  private final CountingAllocator allocator = new CountingAllocator();
  private final Map<SocketAddress, Function<SimLink, SimLink.ServerEnd>> listeners =
      new HashMap<>();
  private final List<SimLink> links = new ArrayList<>();
  private final List<Connect> connects = new ArrayList<>();
  private final long connectLimitNanos;
  private Supplier<Weather> weather = () -> Weather.CALM;

  public SimNetwork(SimWorld world, long connectLimitNanos) {
    this.world = world;
    this.connectLimitNanos = connectLimitNanos;
  }

  /** Every connection from now on asks this for its weather. */
  public void setWeather(Supplier<Weather> newWeather) {
    weather = newWeather;
  }

  /** Accepts connections at an address. */
  public void listen(SocketAddress address, Function<SimLink, SimLink.ServerEnd> accept) {
    listeners.put(address, accept);
  }

  /** Refuses connections at an address from now on. */
  public void stopListening(SocketAddress address) {
    listeners.remove(address);
  }

  /** What every channel takes its buffers from. */
  public CountingAllocator allocator() {
    return allocator;
  }

  /** Every connection there was, in the order of connecting. */
  public List<SimLink> links() {
    return links;
  }

  /** Every attempt to connect, in their order. */
  public List<Connect> connects() {
    return connects;
  }

  /** When each attempt to connect began, since the beginning of the world. */
  public List<Long> connectTimes() {
    return connects.stream().map(Connect::atNanos).toList();
  }

  @Override
  public Opening connect(
      EventLoop loop,
      SocketAddress node,
      @Nullable ShardPort shard,
      ChannelHandler handler,
      Completable<Channel> done) {
    SocketAddress address =
        shard == null ? node : SocketAddress.inetSocketAddress(shard.port(), node.host());
    SimLoop simLoop = (SimLoop) loop;
    connects.add(new Connect(simLoop, address, world.elapsedNanos()));
    Weather now = weather.get();
    world.count("connect: " + now.outcome());
    if (shard != null) {
      world.count("connect to a shard-aware port");
    }
    SimWorld.Event outcome =
        switch (now.outcome()) {
          case ACCEPT ->
              simLoop.later(now.connectNanos(), () -> accept(simLoop, address, now, handler, done));
          case REFUSE -> simLoop.later(now.connectNanos(), () -> refuse(address, done));
          case SILENCE ->
              simLoop.later(
                  connectLimitNanos,
                  () -> done.fail(new ConnectTimeoutException("connection timed out: " + address)));
        };
    return () -> {
      if (outcome.cancel()) {
        done.fail(new ConnectException("given up"));
      }
    };
  }

  private static void refuse(SocketAddress address, Completable<Channel> done) {
    done.fail(new ConnectException("Connection refused: " + address));
  }

  private void accept(
      SimLoop loop,
      SocketAddress address,
      Weather now,
      ChannelHandler handler,
      Completable<Channel> done) {
    Function<SimLink, SimLink.ServerEnd> listener = listeners.get(address);
    if (listener == null) {
      refuse(address, done);
      return;
    }
    InetSocketAddress remote = InetSocketAddress.createUnresolved(address.host(), address.port());
    SimLink link = new SimLink(loop, links.size() + 1, remote, now.toServer(), now.toClient());
    links.add(link);
    link.attach(listener.apply(link));
    SimChannel channel = link.channel();
    channel.config().setAllocator(allocator);
    channel.pipeline().addLast(handler);
    loop.register(channel);
    world.trace("link %d: connected to %s", link.number(), address);
    done.succeed(channel);
  }
}
