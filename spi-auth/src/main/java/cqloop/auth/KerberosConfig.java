package cqloop.auth;

import cqloop.spi.PolicyConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Value. How a client logs in to Kerberos and what it asks the server for.
 *
 * @param service name of the service, the part of its principal before the slash
 * @param authorizationId who to act as; empty to act as the one who logs in
 * @param loginEntry entry of the JAAS configuration of the JVM; empty for the one made here
 * @param principal who logs in; empty for the one that the ticket cache has
 * @param keytab file with his key; empty to use the ticket cache
 * @param ticketCache file with his tickets; empty for the usual one
 * @param serverName host name in the principal of the server; empty for that of the address
 * @param qop quality of protection that SASL negotiates
 */
record KerberosConfig(
    String service,
    String authorizationId,
    String loginEntry,
    String principal,
    String keytab,
    String ticketCache,
    String serverName,
    String qop) {

  static final String DEFAULT_SERVICE = "dse";

  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";
  private static final String OWN_ENTRY = "cqloop-gssapi";

  static KerberosConfig read(PolicyConfig config) {
    KerberosConfig read =
        new KerberosConfig(
            Objects.requireNonNullElse(config.text("service", null), DEFAULT_SERVICE),
            text(config, "authorizationId"),
            text(config, "loginEntry"),
            text(config, "principal"),
            text(config, "keytab"),
            text(config, "ticketCache"),
            text(config, "serverName"),
            Objects.requireNonNullElse(config.text("qop", null), "auth"));
    read.check();
    return read;
  }

  /** Returns the name of the JAAS entry to log in with. */
  String entry() {
    return loginEntry.isEmpty() ? OWN_ENTRY : loginEntry;
  }

  /** Returns the JAAS configuration to log in with; null for that of the JVM. */
  @Nullable Configuration jaas() {
    return loginEntry.isEmpty() ? new OwnConfiguration(options()) : null;
  }

  private void check() {
    if (!loginEntry.isEmpty()
        && !(principal.isEmpty() && keytab.isEmpty() && ticketCache.isEmpty())) {
      throw PolicyConfig.wrong(
          "loginEntry",
          loginEntry,
          "no principal, keytab or ticketCache besides: the entry has its own");
    }
    if (!keytab.isEmpty() && principal.isEmpty()) {
      throw new IllegalArgumentException(
          "'principal' is missing; expected the one whose key is in 'keytab'");
    }
    if (!keytab.isEmpty() && !ticketCache.isEmpty()) {
      throw PolicyConfig.wrong("ticketCache", ticketCache, "either a keytab or a ticket cache");
    }
    if (!qop.equals("auth") && !qop.equals("auth-int") && !qop.equals("auth-conf")) {
      throw PolicyConfig.wrong("qop", qop, "auth, auth-int or auth-conf");
    }
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    // A login must never ask a person: there is none.
    options.put("doNotPrompt", "true");
    options.put("refreshKrb5Config", "true");
    if (!principal.isEmpty()) {
      options.put("principal", principal);
    }
    if (!keytab.isEmpty()) {
      options.put("useKeyTab", "true");
      options.put("storeKey", "true");
      options.put("keyTab", keytab);
    } else {
      options.put("useTicketCache", "true");
      options.put("renewTGT", "true");
      if (!ticketCache.isEmpty()) {
        options.put("ticketCache", ticketCache);
      }
    }
    return options;
  }

  private static String text(PolicyConfig config, String key) {
    return Objects.requireNonNullElse(config.text(key, null), "");
  }

  /** Any thread. A JAAS configuration with one entry. */
  private static final class OwnConfiguration extends Configuration {
    private final AppConfigurationEntry entry;

    OwnConfiguration(Map<String, String> options) {
      entry = new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options);
    }

    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
      return new AppConfigurationEntry[] {entry};
    }
  }
}
