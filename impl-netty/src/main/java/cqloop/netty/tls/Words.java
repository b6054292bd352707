package cqloop.netty.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Value. Names things of certificates in messages; what a stranger wrote is cut and cleaned. */
final class Words {

  private static final int MAX_LENGTH = 120;
  private static final int MAX_NAMES = 8;

  // RFC 5280, 4.2.1.6
  static final int DNS_NAME = 2;
  static final int IP_ADDRESS = 7;

  private Words() {}

  static String subject(X509Certificate certificate) {
    return name(certificate.getSubjectX500Principal());
  }

  static String issuer(X509Certificate certificate) {
    return name(certificate.getIssuerX500Principal());
  }

  private static String name(X500Principal principal) {
    return "'" + clean(principal.getName()) + "'";
  }

  static String date(Date date) {
    return date.toInstant().toString();
  }

  /** Returns the text without control characters and not too long. */
  static String clean(String text) {
    StringBuilder cleaned = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
    for (int i = 0; i < text.length() && i < MAX_LENGTH; i++) {
      char c = text.charAt(i);
      cleaned.append(Character.isISOControl(c) ? '?' : c);
    }
    return text.length() > MAX_LENGTH ? cleaned.append("...").toString() : cleaned.toString();
  }

  /** Returns the names that a certificate is for, or its subject where it has none. */
  static String names(X509Certificate certificate) {
    List<String> all = new ArrayList<>(alternativeNames(certificate, DNS_NAME));
    all.addAll(alternativeNames(certificate, IP_ADDRESS));
    if (all.isEmpty()) {
      return "no name but its subject, " + subject(certificate);
    }
    int shown = Math.min(all.size(), MAX_NAMES);
    List<String> cleaned = new ArrayList<>(shown);
    for (int i = 0; i < shown; i++) {
      cleaned.add(clean(all.get(i)));
    }
    String text = String.join(", ", cleaned);
    return shown < all.size() ? text + " and %s more".formatted(all.size() - shown) : text;
  }

  /** Returns the subject alternative names of one type; none when they are damaged. */
  static List<String> alternativeNames(X509Certificate certificate, int type) {
    List<String> found = new ArrayList<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        for (List<?> name : names) {
          if (name.get(0) instanceof Integer kind
              && kind == type
              && name.get(1) instanceof String text) {
            found.add(text);
          }
        }
      }
    } catch (CertificateParsingException e) {
      // Names that cannot be read name nobody: the check that asks for them refuses.
      return List.of();
    }
    return found;
  }
}
