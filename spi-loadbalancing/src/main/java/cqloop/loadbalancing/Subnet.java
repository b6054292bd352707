package cqloop.loadbalancing;

import cqloop.spi.PolicyConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Value. A range of addresses in CIDR notation, such as {@code 10.1.0.0/16} or {@code fd00::/8}.
 */
final class Subnet {

  private final byte[] network;
  private final int bits;

  private Subnet(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException naming the option and the text
   */
  static Subnet parse(String key, String text) {
    int slash = text.indexOf('/');
    byte[] address = slash < 0 ? null : bytes(text.substring(0, slash));
    int bits = address == null ? -1 : number(text.substring(slash + 1));
    if (address == null || bits < 0 || bits > address.length * 8) {
      throw PolicyConfig.wrong(key, text, "a subnet such as 10.1.0.0/16 or fd00::/8");
    }
    Subnet subnet = new Subnet(address, bits);
    for (int bit = bits; bit < address.length * 8; bit++) {
      if ((address[bit / 8] >> (7 - bit % 8) & 1) != 0) {
        throw PolicyConfig.wrong(
            key, text, "a subnet whose address has no bits after the first " + bits);
      }
    }
    return subnet;
  }

  /** Returns the bytes of an address, null for what is not one. */
  static byte @Nullable [] bytes(String host) {
    if (host.isEmpty() || !HostText.looksLikeAddress(host)) {
      return null;
    }
    try {
      return InetAddress.getByName(host).getAddress();
    } catch (UnknownHostException e) {
      // Digits and separators, but no address: it is in no subnet.
      return null;
    }
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (((address[bit / 8] ^ network[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns how many leading bits are fixed: the more, the smaller the subnet. */
  int bits() {
    return bits;
  }

  private static int number(String text) {
    if (text.isEmpty() || text.length() > 3) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
