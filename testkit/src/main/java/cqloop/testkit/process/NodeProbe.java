package cqloop.testkit.process;

import cqloop.testkit.NodeTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The kit's own view of one node: does it answer, and whom does it see. */
public final class NodeProbe {
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration PROBE = Duration.ofSeconds(2);

  // Every Cassandra creates this superuser when password log-in is on.
  private static final String SUPERUSER = "cassandra";

  private final InetSocketAddress address;
  private final @Nullable SSLContext tls;

  /** A probe of the node on this address. */
  public NodeProbe(InetSocketAddress address, @Nullable NodeTls tls) {
    this.address = address;
    this.tls = tls == null ? null : ClientTls.of(tls);
  }

  /** Whether the node answers OPTIONS with SUPPORTED now. */
  public boolean answers() {
    try (RawCql cql = RawCql.connect(address, tls, PROBE)) {
      return cql.isSupported();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Returns when the node answers OPTIONS with SUPPORTED. */
  public void awaitAnswer(Duration limit) {
    Await.until(limit, () -> address + " to answer OPTIONS", this::answers);
  }

  /** Whether one can log in and run a statement now. */
  public boolean serves() {
    try (RawCql cql = RawCql.connect(address, tls, PROBE)) {
      cql.start(SUPERUSER, SUPERUSER);
      return !cql.query("SELECT key FROM system.local").isEmpty();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Runs one statement as superuser. */
  public List<List<byte @Nullable []>> query(String statement) throws IOException {
    try (RawCql cql = RawCql.connect(address, tls, ANSWER)) {
      cql.start(SUPERUSER, SUPERUSER);
      return cql.query(statement);
    }
  }

  /**
   * The schema version of each member as this node sees it, itself included, by address; null where
   * it knows none.
   */
  public Map<String, @Nullable UUID> view() throws IOException {
    Map<String, @Nullable UUID> view = new HashMap<>();
    try (RawCql cql = RawCql.connect(address, tls, ANSWER)) {
      cql.start(SUPERUSER, SUPERUSER);
      List<List<byte @Nullable []>> local = cql.query("SELECT schema_version FROM system.local");
      view.put(address.getAddress().getHostAddress(), uuid(local.get(0).get(0)));
      for (List<byte @Nullable []> row :
          cql.query("SELECT peer, schema_version FROM system.peers")) {
        byte[] peer = row.get(0);
        if (peer != null) {
          view.put(InetAddress.getByAddress(peer).getHostAddress(), uuid(row.get(1)));
        }
      }
    }
    return view;
  }

  private static @Nullable UUID uuid(byte @Nullable [] cell) {
    if (cell == null) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(cell);
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
