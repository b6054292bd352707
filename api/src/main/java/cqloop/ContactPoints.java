package cqloop;

import io.vertx.core.net.HostAndPort;
import java.util.ArrayList;
import java.util.List;

/** Value. Reads contact points. */
final class ContactPoints {

  private ContactPoints() {}

  /**
   * Reads {@code host}, {@code host:port}, {@code [ipv6]}, {@code [ipv6]:port} or a bare IPv6
   * address, which cannot have a port.
   */
  static HostAndPort parse(String text, int defaultPort) {
    String host = text;
    int port = defaultPort;
    int colon = text.lastIndexOf(':');
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0 || (end != text.length() - 1 && colon != end + 1)) {
        throw unreadable(text);
      }
      host = text.substring(1, end);
      port = colon > end ? port(text, colon + 1) : defaultPort;
      if (host.indexOf(':') < 0) {
        throw unreadable(text);
      }
    } else if (colon >= 0 && text.indexOf(':') == colon) {
      host = text.substring(0, colon);
      port = port(text, colon + 1);
    }
    checkHost(text, host);
    return HostAndPort.create(host, port);
  }

  /** Reads several. */
  static List<HostAndPort> parse(List<String> texts, int defaultPort) {
    List<HostAndPort> addresses = new ArrayList<>(texts.size());
    for (String text : texts) {
      addresses.add(parse(text, defaultPort));
    }
    return addresses;
  }

  private static int port(String text, int start) {
    int port = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      port = c >= '0' && c <= '9' ? port * 10 + c - '0' : Integer.MAX_VALUE;
      if (port > 65_535) {
        throw unreadable(text);
      }
    }
    if (port == 0) {
      throw unreadable(text);
    }
    return port;
  }

  private static void checkHost(String text, String host) {
    if (host.isEmpty()) {
      throw unreadable(text);
    }
    boolean ipv6 = host.indexOf(':') >= 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean good = ipv6 ? isIpv6(c) : c > ' ' && c != 0x7F && "/\\@?#[]%\"'".indexOf(c) < 0;
      if (!good) {
        throw unreadable(text);
      }
    }
  }

  /** Digits of an address, the IPv4 tail, and letters after a zone's percent sign. */
  private static boolean isIpv6(char c) {
    return c == ':' || c == '.' || c == '%' || (Character.isLetterOrDigit(c) && c < 0x80);
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "Contact point '%s' cannot be read: expected host, host:port, [ipv6]:port or ipv6"
            .formatted(text));
  }
}
