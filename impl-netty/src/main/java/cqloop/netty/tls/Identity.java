package cqloop.netty.tls;

import cqloop.error.TlsFailed;
import io.netty.util.NetUtil;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/**
 * Value. Whether a certificate names a host: by an address or a name in its subject alternative
 * names, or, where it has none of either, by the common name of its subject. RFC 6125, 6.4.
 */
final class Identity {

  private Identity() {}

  /**
   * @param host an IP literal, or a host name
   * @throws PeerRefused when the certificate does not name it
   */
  static void check(X509Certificate certificate, String host) throws PeerRefused {
    boolean address = isAddress(host);
    List<String> names = Words.alternativeNames(certificate, Words.DNS_NAME);
    List<String> addresses = Words.alternativeNames(certificate, Words.IP_ADDRESS);
    boolean named = false;
    if (names.isEmpty() && addresses.isEmpty()) {
      String common = commonName(certificate);
      named = common != null && (address ? sameAddress(common, host) : matches(common, host));
    } else if (address) {
      for (String one : addresses) {
        named |= sameAddress(one, host);
      }
    } else {
      for (String one : names) {
        named |= matches(one, host);
      }
    }
    if (!named) {
      throw new PeerRefused(
          TlsFailed.Kind.IDENTITY_MISMATCH,
          "we asked for %s '%s', the certificate names %s; connect by a name that it has, give the"
                  .formatted(address ? "the address" : "the name", host, Words.names(certificate))
              + " node a certificate with this one, or set serverName or serverNames",
          null);
    }
  }

  static boolean isAddress(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }

  private static boolean sameAddress(String one, String other) {
    byte[] first = NetUtil.createByteArrayFromIpAddressString(one);
    byte[] second = NetUtil.createByteArrayFromIpAddressString(other);
    return first != null && Arrays.equals(first, second);
  }

  /** A star stands for the whole left-most label, and only where two more follow. */
  static boolean matches(String pattern, String host) {
    String wanted = normal(pattern);
    String name = normal(host);
    if (!wanted.startsWith("*.")) {
      return !wanted.isEmpty() && wanted.indexOf('*') < 0 && wanted.equals(name);
    }
    String domain = wanted.substring(1);
    int dot = name.indexOf('.');
    return dot > 0
        && domain.indexOf('.', 1) > 0
        && domain.indexOf('*') < 0
        && name.substring(dot).equals(domain);
  }

  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static @Nullable String commonName(X509Certificate certificate) {
    try {
      List<Rdn> parts = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
      // The most specific part comes last.
      for (int i = parts.size() - 1; i >= 0; i--) {
        if (parts.get(i).getType().equalsIgnoreCase("CN")
            && parts.get(i).getValue() instanceof String name) {
          return name;
        }
      }
      return null;
    } catch (InvalidNameException e) {
      return null; // A subject that cannot be read names nobody.
    }
  }
}
