package cqloop.netty.it;

import cqloop.CqlOptions;
import cqloop.PolicyOptions;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.ServerLine;
import cqloop.testkit.kdc.Kdc;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Cassandra node that speaks the log-in of DataStax Enterprise, and its KDC. Roles: {@code alice}
 * may read the table {@code t}; {@code bob} may not, but may act as alice; {@code carol} may do
 * nothing. Each has a password, which is "pw-" and the name, and a Kerberos principal.
 */
final class DseNode implements AutoCloseable {

  static final String AUTHENTICATOR = "com.datastax.bdp.cassandra.auth.DseAuthenticator";

  final Kdc kdc;
  final Sessions sessions;
  private final CassandraCluster cluster;
  private final Path folder;

  DseNode(Path folder, ServerLine line, String keyspace) throws Exception {
    this.folder = folder;
    kdc = new Kdc(folder);
    Path identity = folder.resolve("node-kerberos.properties");
    kdc.reset("node");
    cluster =
        CassandraCluster.builder()
            .line(line)
            .passwordAuth()
            .yaml("authenticator", AUTHENTICATOR)
            .queryRecorder()
            .jvmFlags(
                "-Djava.security.krb5.conf=" + folder.resolve("node-krb5.conf"),
                "-Dcqloop.node.kerberos=" + identity)
            .start();
    sessions = new Sessions(cluster, keyspace);
    // Clients take the canonical name of the address they connect to.
    InetAddress address = sessions.node().address().getAddress();
    String service = "dse/" + address.getCanonicalHostName();
    Files.writeString(
        identity,
        "principal=%s@%s\nkeytab=%s\n".formatted(service, Kdc.REALM, kdc.keytab(service)));
    sessions.set(
        "CREATE KEYSPACE $ks WITH replication = {'class': 'SimpleStrategy',"
            + " 'replication_factor': 1}");
    sessions.set("CREATE TABLE $ks.t (k int PRIMARY KEY, v int)");
    sessions.set("INSERT INTO $ks.t (k, v) VALUES (1, 7)");
    for (String role : new String[] {"alice", "bob", "carol"}) {
      sessions.set("CREATE ROLE " + role + " WITH PASSWORD = 'pw-" + role + "' AND LOGIN = true");
      kdc.keytab(role);
    }
    sessions.set("GRANT SELECT ON $ks.t TO alice");
    sessions.set("GRANT AUTHORIZE ON ROLE alice TO bob");
  }

  String select() {
    return "SELECT v FROM " + sessions.keyspace() + ".t WHERE k = 1";
  }

  String keytab(String role) {
    return folder.resolve(role + ".keytab").toString();
  }

  /** Options of a session that logs in so. */
  CqlOptions options(PolicyOptions auth) {
    return sessions.options().setKeyspace(null).setAuth(auth);
  }

  static PolicyOptions plain(String role, String actAs) {
    JsonObject config = new JsonObject().put("username", role).put("password", "pw-" + role);
    return new PolicyOptions("dse-plain").setConfig(withActAs(config, actAs));
  }

  PolicyOptions gssapi(String role, String actAs) {
    JsonObject config =
        new JsonObject().put("principal", role + "@" + Kdc.REALM).put("keytab", keytab(role));
    return new PolicyOptions("gssapi").setConfig(withActAs(config, actAs));
  }

  private static JsonObject withActAs(JsonObject config, String actAs) {
    return actAs.isEmpty() ? config : config.put("authorizationId", actAs);
  }

  @Override
  public void close() throws Exception {
    sessions.close();
    cluster.close();
    kdc.close();
  }
}
