package cqloop.netty.tls;

import cqloop.TlsOptions;
import cqloop.TlsVerification;
import cqloop.error.TlsFailed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. What we ask of the node at an address. Its name comes from the options, or from the
 * contact point or the address translator; never from the network, where an attacker could set it.
 */
final class TlsPeers {

  private final TlsVerification verification;
  private final Map<String, String> names;
  private final @Nullable String nameOfAll;

  TlsPeers(TlsOptions options) {
    this.verification = options.getVerification();
    this.names = Map.copyOf(options.getServerNames());
    this.nameOfAll = options.getServerName();
  }

  /**
   * @param host how the node is known, a name or an IP literal
   * @param connected where the socket leads to
   * @throws TlsFailed when a name is to be checked and none is known
   */
  TlsPeer peer(String host, int port, @Nullable InetSocketAddress connected) {
    String address = address(host, connected);
    String name = configured(host, port, address);
    if (name == null && !Identity.isAddress(host)) {
      name = host;
    }
    String expected =
        name == null || verification == TlsVerification.PEER_IDENTITY ? address : name;
    if (name == null && verification == TlsVerification.PEER_IDENTITY_DNS) {
      throw new TlsFailed(
          host + ":" + port,
          TlsFailed.Kind.IDENTITY_MISMATCH,
          "PEER_IDENTITY_DNS checks a name, and of this node only the address is known; name it in"
              + " serverNames or serverName, or verify PEER_HOST",
          null);
    }
    return new TlsPeer(expected, port, name);
  }

  private static String address(String host, @Nullable InetSocketAddress connected) {
    InetAddress address = connected == null ? null : connected.getAddress();
    return address == null ? host : withoutZone(address.getHostAddress());
  }

  /** A certificate cannot name the network card of our machine. */
  private static String withoutZone(String address) {
    int percent = address.indexOf('%');
    return percent < 0 ? address : address.substring(0, percent);
  }

  private @Nullable String configured(String host, int port, String address) {
    String[] keys = {
      host + ":" + port, "[" + host + "]:" + port, host, address + ":" + port, address
    };
    for (String key : keys) {
      String name = names.get(key);
      if (name != null) {
        return name;
      }
    }
    return nameOfAll;
  }
}
