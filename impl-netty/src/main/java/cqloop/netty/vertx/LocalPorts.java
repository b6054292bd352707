package cqloop.netty.vertx;

import java.net.InetSocketAddress;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Value. The local ports that connections may come from: every {@code step}-th of a range.
 *
 * @param address local address, an IP literal, or null for any
 * @param min lowest port; 0 for one that the operating system chooses
 * @param max highest port, itself included
 * @param step distance of one to the next, 1 or more
 * @param random gives a number from 0 to below its argument: sessions that start together shall not
 *     fight for the same ports
 */
public record LocalPorts(
    @Nullable String address, int min, int max, int step, IntUnaryOperator random) {

  /** Returns those that lead to a shard; may be none. Rules 2.20. */
  LocalPorts leadingTo(int shard, int shards) {
    int first = min + Math.floorMod(shard - min, shards);
    return new LocalPorts(address, first, max, shards, random);
  }

  int count() {
    return min > max ? 0 : (max - min) / step + 1;
  }

  /** Returns any port. */
  int any() {
    return min + step * random.applyAsInt(count());
  }

  /** Returns the port after this one, after the last one the first. */
  int after(int port) {
    return port > max - step ? min : port + step;
  }

  InetSocketAddress at(int port) {
    return address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
  }
}
