package cqloop.testkit.kdc;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.KdcConfigKey;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.apache.kerby.kerberos.kerb.type.KerberosTime;
import org.apache.kerby.kerberos.kerb.type.ticket.TgtTicket;
import org.apache.kerby.kerberos.kerb.type.ticket.TicketFlags;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one test. A Kerberos key distribution centre on loopback, in this JVM; until it is
 * closed, the Kerberos of this JVM knows no other.
 */
public final class Kdc implements AutoCloseable {

  public static final String REALM = "TK.TEST";

  /** What every implementation takes unless told: five minutes. */
  public static final int USUAL_SKEW_SECONDS = 300;

  /** Less than no difference of clocks: every ticket counts as made by a clock that is wrong. */
  public static final int EVERY_CLOCK_IS_WRONG = -1;

  /** What the JDK reads the path of krb5.conf from. */
  private static final String CONFIG = "java.security.krb5.conf";

  private final Path folder;
  private final SimpleKdcServer server;
  private final int port;
  private final @Nullable String configBefore = System.getProperty(CONFIG);

  /** Starts the centre; it keeps its files in this folder. */
  public Kdc(Path folder) throws KrbException {
    this.folder = folder;
    port = freePort();
    server = new SimpleKdcServer();
    server.setWorkDir(folder.toFile());
    server.setKdcRealm(REALM);
    server.setKdcHost("127.0.0.1");
    server.setAllowUdp(false);
    server.setKdcTcpPort(port);
    server.init();
    server.start();
    System.setProperty(CONFIG, config("client", port, USUAL_SKEW_SECONDS).toString());
  }

  /** Returns the port that it listens at. */
  public int port() {
    return port;
  }

  /** Creates a principal and returns the file with its key. */
  public String keytab(String principal) throws KrbException {
    server.createPrincipal(principal + "@" + REALM, "pw-" + principal);
    File keytab = folder.resolve(principal.replace('/', '-') + ".keytab").toFile();
    server.exportPrincipal(principal + "@" + REALM, keytab);
    return keytab.toString();
  }

  /** From now on no ticket lives longer than this, which is a day unless told. */
  public void ticketLifetime(Duration longest) {
    server
        .getKdcConfig()
        .setLong(KdcConfigKey.MAXIMUM_TICKET_LIFETIME, Math.max(1, longest.toSeconds()));
    // An hour unless told: a shorter ticket is refused rather than given.
    server.getKdcConfig().setLong(KdcConfigKey.MINIMUM_TICKET_LIFETIME, 1L);
  }

  /** By how much the clocks of clients may differ from that of the centre. */
  public void clockSkew(int seconds) {
    server.getKdcConfig().setLong(KdcConfigKey.ALLOWABLE_CLOCKSKEW, (long) seconds);
  }

  /** Removes a principal: its keytab is good for nothing from now on. */
  public void remove(String principal) throws KrbException {
    server.deletePrincipal(principal + "@" + REALM);
  }

  /**
   * Returns a ticket cache with a ticket of this principal that ends at this time and cannot be
   * renewed.
   */
  public String ticketCache(String principal, long endMillis) throws KrbException {
    File keytab = folder.resolve(principal.replace('/', '-') + ".keytab").toFile();
    TgtTicket ticket = server.getKrbClient().requestTgt(principal + "@" + REALM, keytab);
    ticket.getEncKdcRepPart().setEndTime(new KerberosTime(endMillis));
    ticket.getEncKdcRepPart().setFlags(new TicketFlags());
    File cache = folder.resolve(principal + "-" + endMillis + ".ccache").toFile();
    server.getKrbClient().storeTicket(ticket, cache);
    return cache.toString();
  }

  /**
   * Writes a krb5.conf, or replaces it.
   *
   * @param name of the file without its ending; {@code client} is that of this JVM
   * @param kdcPort where the centre is said to listen
   * @param skewSeconds by how much clocks may differ
   */
  public Path config(String name, int kdcPort, int skewSeconds) {
    // Kerby writes a file of its own, but it names another host than the one it listens at.
    Path file = folder.resolve(name + "-krb5.conf");
    try {
      Files.writeString(
          file,
          """
          [libdefaults]
            default_realm = %1$s
            udp_preference_limit = 1
            dns_lookup_kdc = false
            dns_lookup_realm = false
            dns_canonicalize_hostname = false
            rdns = false
            clockskew = %3$d
          [realms]
            %1$s = {
              kdc = 127.0.0.1:%2$d
            }
          """
              .formatted(REALM, kdcPort, skewSeconds));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Makes this JVM and all who read the file of this name know the centre as it is. */
  public void reset(String name) {
    config(name, port, USUAL_SKEW_SECONDS);
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

  /** Returns a port of loopback that nobody listens at. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
