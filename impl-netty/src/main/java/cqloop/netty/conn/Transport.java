package cqloop.netty.conn;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. Opens sockets. It is the seam between the driver and the world: tests put a simulated
 * network in its place.
 */
public interface Transport {

  /**
   * Connects a channel on this loop and puts the handler into its pipeline, before the first byte
   * can be read.
   *
   * @param loop the loop that the channel will belong to; the caller runs on it
   * @param address where to connect
   * @param shard null to connect to the address; else to this port of its host, from a local port
   *     that leads to the shard
   * @param handler reads and writes the raw bytes
   * @param done completed on the loop, once, with the open channel or with the failure
   */
  Opening connect(
      EventLoop loop,
      SocketAddress address,
      @Nullable ShardPort shard,
      ChannelHandler handler,
      Completable<Channel> done);

  /** Returns who may connect, and do the handshake, now. */
  default OpeningGate gate() {
    return OpeningGate.NONE;
  }
}
