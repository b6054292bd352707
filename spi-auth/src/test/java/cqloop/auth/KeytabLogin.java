package cqloop.auth;

import cqloop.testkit.kdc.Kdc;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;

/** Value. Logs the server of a test in by its keytab. */
final class KeytabLogin {

  private KeytabLogin() {}

  static Subject server(String principal, String keytab) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("principal", principal + "@" + Kdc.REALM);
    options.put("useKeyTab", "true");
    options.put("keyTab", keytab);
    options.put("storeKey", "true");
    options.put("doNotPrompt", "true");
    options.put("isInitiator", "false");
    options.put("refreshKrb5Config", "true");
    Configuration jaas =
        new Configuration() {
          @Override
          public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return new AppConfigurationEntry[] {
              new AppConfigurationEntry(
                  "com.sun.security.auth.module.Krb5LoginModule",
                  AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                  options)
            };
          }
        };
    Subject subject = new Subject();
    new LoginContext("server", subject, null, jaas).login();
    return subject;
  }
}
