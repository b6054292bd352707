package cqloop.netty.cluster;

import cqloop.spi.AddressTranslator;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. What a node has told of its cluster.
 *
 * @param addresses where its peers can be reached
 * @param ring puts the tokens into order, null where there is no ring
 */
record ClusterAnswer(
    TopologyReader.Reading reading,
    Map<NodeRow, SocketAddress> addresses,
    @Nullable RingMerge ring) {

  /** Looks for the addresses of the peers; may complete on another thread. */
  static Future<ClusterAnswer> of(
      TopologyReader.Reading reading,
      AddressTranslator translator,
      ContactPoints contactPoints,
      EventLoop loop) {
    return Addresses.translate(reading.peers(), translator, loop)
        .compose(contactPoints::nameAll)
        .map(
            addresses ->
                new ClusterAnswer(reading, addresses, TopologyBuilder.ringOf(reading, addresses)));
  }

  /** Returns how many tokens the ring has that is to be put into order. */
  int tokens() {
    return ring == null ? 0 : ring.tokens();
  }

  /** Returns this as long as the ring is not known. */
  ClusterAnswer withoutRing() {
    return new ClusterAnswer(reading, addresses, null);
  }

  /** Takes a step of putting the ring into order, and tells whether there is one more. */
  boolean step() {
    return ring != null && ring.step();
  }
}
