package cqloop.netty.it;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.vertx.core.impl.transports.NioTransport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Any thread. Knows every client socket of a Vert.x, those that never connected too. */
final class WatchedSockets extends NioTransport {

  private final List<Channel> channels = new CopyOnWriteArrayList<>();

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return () -> {
      Channel channel = new NioSocketChannel();
      channels.add(channel);
      return channel;
    };
  }

  int count() {
    return channels.size();
  }

  /** The local ports of the sockets that are open. */
  List<Integer> localPorts() {
    return local(InetSocketAddress::getPort);
  }

  /** The local addresses of the sockets that are open. */
  List<String> localHosts() {
    return local(InetSocketAddress::getHostString);
  }

  private <T> List<T> local(Function<InetSocketAddress, T> part) {
    return channels.stream()
        .filter(Channel::isActive)
        .map(channel -> part.apply((InetSocketAddress) channel.localAddress()))
        .collect(Collectors.toList());
  }

  long open() {
    return channels.stream().filter(Channel::isOpen).count();
  }
}
