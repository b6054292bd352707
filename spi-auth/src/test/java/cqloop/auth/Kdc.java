package cqloop.auth;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;

/** Owned by one test. A Kerberos key distribution centre on loopback, in this JVM. */
final class Kdc implements AutoCloseable {

  static final String REALM = "TK.TEST";
  static final String HOST = "node1.tk.test";

  private static final String CONFIG = "java.security.krb5.conf";

  private final Path folder;
  private final SimpleKdcServer server = new SimpleKdcServer();
  private final String configBefore = System.getProperty(CONFIG);

  Kdc(Path folder) throws KrbException, IOException {
    this.folder = folder;
    int port = freePort();
    server.setWorkDir(folder.toFile());
    server.setKdcRealm(REALM);
    server.setKdcHost("127.0.0.1");
    server.setAllowUdp(false);
    server.setKdcTcpPort(port);
    server.init();
    server.start();
    // Its own file names another host than the one it listens at.
    Path config = folder.resolve("client-krb5.conf");
    Files.writeString(
        config,
        """
        [libdefaults]
          default_realm = %1$s
          udp_preference_limit = 1
          dns_lookup_kdc = false
          dns_lookup_realm = false
          dns_canonicalize_hostname = false
          rdns = false
        [realms]
          %1$s = {
            kdc = 127.0.0.1:%2$d
          }
        """
            .formatted(REALM, port));
    System.setProperty(CONFIG, config.toString());
  }

  /** Creates a principal and returns the file with its key. */
  String keytab(String principal) throws KrbException {
    server.createPrincipal(principal + "@" + REALM, "pw-" + principal);
    File keytab = folder.resolve(principal.replace('/', '-') + ".keytab").toFile();
    server.exportPrincipal(principal + "@" + REALM, keytab);
    return keytab.toString();
  }

  /** Logs a server in by its keytab. */
  static Subject server(String principal, String keytab) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("principal", principal + "@" + REALM);
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

  @Override
  public void close() throws KrbException {
    server.stop();
    if (configBefore == null) {
      System.clearProperty(CONFIG);
    } else {
      System.setProperty(CONFIG, configBefore);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
