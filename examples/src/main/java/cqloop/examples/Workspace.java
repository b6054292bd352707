package cqloop.examples;

import cqloop.CqlSession;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.CqlException;
import cqloop.type.CqlIdentifier;
import java.time.Duration;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the main thread, but for its end. What the tour makes in a cluster, and takes away
 * again: a keyspace unless the user's own is there, types and tables. It drops only what it has
 * created itself.
 */
final class Workspace implements AutoCloseable {
  /** How long the tour waits for a trace. */
  static final Duration TRACE_WAIT = Duration.ofSeconds(5);

  /** Changes of schema take longer than other requests. */
  private static final Duration SCHEMA_TIMEOUT = Duration.ofSeconds(60);

  private final CqlSession session;
  private final String keyspace;
  private final Row local;
  // Concurrent because an interrupted tour is cleared away by another thread.
  private final Deque<String> drops = new ConcurrentLinkedDeque<>();

  private Workspace(CqlSession session, String keyspace, Row local) {
    this.session = session;
    this.keyspace = keyspace;
    this.local = local;
  }

  /**
   * Makes the keyspace, or takes the user's.
   *
   * @param wanted name of the user's keyspace, or null for a new one
   */
  static Workspace of(CqlSession session, @Nullable String wanted) {
    Row local =
        Wait.on(
                session.execute(
                    "SELECT cluster_name, release_version, data_center, rack FROM system.local"))
            .get(0);
    String keyspace =
        wanted == null ? "cqloop_tour_" + UUID.randomUUID().toString().substring(0, 8) : wanted;
    Workspace workspace = new Workspace(session, keyspace, local);
    if (wanted == null || !exists(session, wanted)) {
      workspace.create(
          "KEYSPACE",
          CqlIdentifier.quoteIfNeeded(keyspace),
          " WITH replication = {'class': 'NetworkTopologyStrategy', '%s': 1}"
              .formatted(local.getString("data_center")));
    }
    return workspace;
  }

  CqlSession session() {
    return session;
  }

  /** Name of a table or type, with its keyspace. */
  String name(String object) {
    return CqlIdentifier.quoteIfNeeded(keyspace) + ".tour_" + object;
  }

  /** What the cluster says of itself. */
  String server() {
    return "%s: version %s, data centre %s, rack %s"
        .formatted(
            local.getString("cluster_name"),
            local.getString("release_version"),
            local.getString("data_center"),
            local.getString("rack"));
  }

  /** Tells whether the server knows vectors, as Cassandra does from 5.0. */
  boolean hasVectors() {
    String version = local.getString("release_version");
    return version != null && Integer.parseInt(version.substring(0, version.indexOf('.'))) >= 5;
  }

  /** Creates something, and remembers to drop it. */
  void create(String kind, String name, String rest) {
    alter("CREATE " + kind + " " + name + rest);
    drops.push("DROP " + kind + " IF EXISTS " + name);
  }

  /** Drops what was made, the last first. Any thread. */
  @Override
  public void close() {
    CqlException first = null;
    for (String drop = drops.poll(); drop != null; drop = drops.poll()) {
      try {
        alter(drop);
      } catch (CqlException e) {
        // What follows may still go; the first failure is the one to report.
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void alter(String cql) {
    Wait.on(session.execute(SimpleStatement.of(cql).withTimeout(SCHEMA_TIMEOUT)));
  }

  private static boolean exists(CqlSession session, String keyspace) {
    RowSet found =
        Wait.on(
            session.execute(
                "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?",
                keyspace));
    return found.size() > 0;
  }
}
