package cqloop.loadbalancing;

import cqloop.spi.PolicyConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Value. A host and perhaps a port as people write them: {@code 10.0.0.1}, {@code db.example:9042},
 * {@code ::1}, {@code [::1]:9042}.
 *
 * @param host a name in lower case, or an address as Java writes it
 * @param port the port, -1 when none is given
 * @param isAddress whether the host is an address and not a name
 */
record HostText(String host, int port, boolean isAddress) {

  static final int NO_PORT = -1;

  /**
   * Reads a host.
   *
   * @param key the option it is from, for the message
   * @throws IllegalArgumentException naming the option and the text
   */
  static HostText parse(String key, String text) {
    String host = text;
    String port = "";
    int colon = text.lastIndexOf(':');
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0 || (end + 1 < text.length() && text.charAt(end + 1) != ':')) {
        throw wrong(key, text);
      }
      host = text.substring(1, end);
      port = end + 1 < text.length() ? text.substring(end + 2) : "";
      if (end + 2 == text.length() || host.indexOf(':') < 0) {
        throw wrong(key, text);
      }
    } else if (colon >= 0 && text.indexOf(':') == colon) {
      host = text.substring(0, colon);
      port = text.substring(colon + 1);
      if (port.isEmpty()) {
        throw wrong(key, text);
      }
    }
    if (host.isBlank()) {
      throw wrong(key, text);
    }
    boolean address = looksLikeAddress(host);
    return new HostText(
        address ? canonical(key, host) : host.toLowerCase(Locale.ROOT),
        port.isEmpty() ? NO_PORT : portOf(key, text, port),
        address);
  }

  /** Returns an address in the one form that Java writes it in; a name as it is. */
  static String canonical(String host) {
    return looksLikeAddress(host) ? canonical("host", host) : host.toLowerCase(Locale.ROOT);
  }

  /** Tells whether Java would take the text for an address, and not look it up as a name. */
  static boolean looksLikeAddress(String host) {
    if (host.indexOf(':') >= 0) {
      return true;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static String canonical(String key, String host) {
    try {
      // Not looked up: only what consists of digits and separators comes here.
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw wrong(key, host);
    }
  }

  private static int portOf(String key, String text, String port) {
    int number = 0;
    for (int i = 0; i < port.length(); i++) {
      int digit = port.charAt(i) - '0';
      number = digit < 0 || digit > 9 ? Integer.MAX_VALUE / 16 : number * 10 + digit;
      if (number > 65_535) {
        throw wrong(key, text);
      }
    }
    if (number == 0) {
      throw wrong(key, text);
    }
    return number;
  }

  private static IllegalArgumentException wrong(String key, String text) {
    return PolicyConfig.wrong(
        key, text, "a host name or an address, perhaps with a port, such as [::1]:9042");
  }
}
