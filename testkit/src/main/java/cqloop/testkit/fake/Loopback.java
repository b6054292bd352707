package cqloop.testkit.fake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Value. The addresses of 127.0.0.0/8, which Linux answers without any set-up. */
final class Loopback {
  private Loopback() {}

  /** The literal of the {@code n}-th usable address after {@code first}; 0 is the first itself. */
  static String literal(String first, int n) {
    int address = ByteBuffer.wrap(parse(first).getAddress()).getInt();
    for (int left = n; left > 0; left--) {
      address++;
      while ((address & 0xFF) == 0 || (address & 0xFF) == 0xFF) {
        address++;
      }
    }
    byte[] bytes = ByteBuffer.allocate(4).putInt(address).array();
    if (bytes[0] != 127) {
      throw new IllegalArgumentException(
          "there are no " + n + " loopback addresses after " + first + "; start lower");
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static InetAddress parse(String literal) {
    try {
      if (literal.startsWith("127.")) {
        return InetAddress.getByName(literal);
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + literal + "' is not an address", e);
    }
    throw new IllegalArgumentException("'" + literal + "' is not in 127.0.0.0/8");
  }
}
