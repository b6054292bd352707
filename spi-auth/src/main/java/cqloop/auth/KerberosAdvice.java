package cqloop.auth;

import java.util.Locale;

/**
 * Value. What to do about a failure of Kerberos. Its own texts name the symptom in words of the
 * protocol; whoever reads them at night needs the place to look at.
 */
final class KerberosAdvice {

  private static final int MOST_CAUSES = 8;

  private KerberosAdvice() {}

  /** Returns the texts of a failure and its causes, each once, and what to do about it. */
  static String explain(Throwable failure, KerberosConfig config, String host) {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    for (Throwable part = failure; part != null && depth < MOST_CAUSES; part = part.getCause()) {
      String message = part.getMessage() == null ? part.getClass().getName() : part.getMessage();
      if (text.indexOf(message) < 0) {
        text.append(text.length() == 0 ? "" : ": ").append(message);
      }
      depth++;
    }
    return text + advice(text.toString().toLowerCase(Locale.ROOT), config, host);
  }

  // The texts are those of sun.security.krb5.Krb5 and Krb5LoginModule, JDK 17.
  private static String advice(String text, KerberosConfig config, String host) {
    if (text.contains("clock skew")) {
      return ". The clocks of this machine, the KDC and the node must agree: synchronise them";
    } else if (text.contains("server not found in kerberos database")) {
      return ". The KDC knows no service '%s' on '%s': check 'service' and 'serverName'"
          .formatted(config.service(), config.serverName().isEmpty() ? host : config.serverName());
    } else if (text.contains("client not found in kerberos database")) {
      return ". The KDC knows no '%s': check 'principal'".formatted(config.principal());
    } else if (text.contains("connection refused")
        || text.contains("cannot contact any kdc")
        || text.contains("receive timed out")
        || text.contains("connect timed out")) {
      return ". The KDC cannot be reached: check its host and port in krb5.conf, and that it runs";
    } else if (text.contains("cannot locate kdc") || text.contains("default realm")) {
      return ". Name the realm and its KDC in krb5.conf (system property java.security.krb5.conf)";
    } else if (text.contains("checksum failed") || text.contains("pre-authentication")) {
      // The proof of a login is the time of day, encrypted: some KDCs tell only that it is wrong.
      return ". A key in a keytab is not the one that the KDC has: export the keytab again. Or the"
          + " clocks of this machine and the KDC differ: synchronise them";
    } else if (text.contains("loginmodules configured")) {
      return ". The JAAS configuration of this JVM (java.security.auth.login.config) has no entry"
          + " '%s': check 'loginEntry'".formatted(config.loginEntry());
    } else if (text.contains("unable to obtain") || text.contains("ticket expired")) {
      return noTicket(config);
    }
    return "";
  }

  private static String noTicket(KerberosConfig config) {
    if (!config.loginEntry().isEmpty()) {
      return ". The JAAS entry '%s' gives no valid ticket".formatted(config.loginEntry());
    }
    if (!config.keytab().isEmpty()) {
      return ". Check that the keytab '%s' can be read and has a key of '%s'"
          .formatted(config.keytab(), config.principal());
    }
    return ". The ticket cache %s holds no ticket%s, or an expired one: run kinit, or use a keytab"
        .formatted(
            config.ticketCache().isEmpty() ? "of this user" : "'" + config.ticketCache() + "'",
            config.principal().isEmpty() ? "" : " of '" + config.principal() + "'");
  }
}
