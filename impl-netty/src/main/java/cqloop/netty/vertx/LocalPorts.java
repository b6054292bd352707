package cqloop.netty.vertx;

import java.net.InetSocketAddress;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Value. The local ports that connections may come from.
 *
 * @param address local address, an IP literal, or null for any
 * @param min lowest port
 * @param max highest port, itself included
 * @param random gives a number from 0 to below its argument: sessions that start together shall not
 *     fight for the same ports
 */
public record LocalPorts(@Nullable String address, int min, int max, IntUnaryOperator random) {

  int count() {
    return max - min + 1;
  }

  /** Returns any port of the range. */
  int any() {
    return min + random.applyAsInt(count());
  }

  /** Returns the port after this one, after the last one the first. */
  int after(int port) {
    return port == max ? min : port + 1;
  }

  InetSocketAddress at(int port) {
    return address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
  }
}
