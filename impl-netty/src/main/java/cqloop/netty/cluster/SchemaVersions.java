package cqloop.netty.cluster;

import cqloop.Row;
import cqloop.RowSet;
import cqloop.error.CqlException;
import cqloop.error.InvalidQuery;
import cqloop.error.ServerError;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.conn.Connection;
import cqloop.netty.loop.Deadlines;
import io.vertx.core.Completable;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Loop-owned. Asks one node which versions of the schema there are. Reads two columns only: the
 * tokens of a large cluster are megabytes, and this is asked again and again.
 */
final class SchemaVersions {

  private static final String COLUMNS = "SELECT host_id, schema_version FROM ";
  private static final String LOCAL = COLUMNS + "system.local WHERE key='local'";
  private static final String PEERS_V2 = COLUMNS + "system.peers_v2";
  private static final String PEERS = COLUMNS + "system.peers";

  private final Connection connection;
  private final Deadlines deadlines;

  /** Remembered for the life of the connection: only a restart brings the table. */
  private boolean v2Refused;

  SchemaVersions(Connection connection, Deadlines deadlines) {
    this.connection = connection;
    this.deadlines = deadlines;
  }

  Connection connection() {
    return connection;
  }

  /**
   * Reads the versions of the node and of its peers.
   *
   * @param counts which of the peers; a row that is damaged, or names none, is left out
   * @param done completed on the loop, once
   */
  void read(Predicate<UUID> counts, Completable<Set<UUID>> done) {
    SystemQuery.send(
        connection,
        deadlines,
        LOCAL,
        (local, failure) -> {
          Row self = failure == null ? local.first() : null;
          if (failure != null) {
            done.fail(failure);
          } else if (self == null) {
            done.fail(
                new UnexpectedResponse(
                    connection.endpoint(), "a query of system.local", "no row at all"));
          } else {
            Set<UUID> versions = new HashSet<>();
            add(versions, self, any -> true);
            readPeers(versions, counts, done);
          }
        });
  }

  private void readPeers(Set<UUID> versions, Predicate<UUID> counts, Completable<Set<UUID>> done) {
    SystemQuery.send(
        connection,
        deadlines,
        v2Refused ? PEERS : PEERS_V2,
        (RowSet peers, Throwable failure) -> {
          if (failure == null) {
            for (Row peer : peers) {
              add(versions, peer, counts);
            }
            done.succeed(versions);
          } else if (!v2Refused
              && (failure instanceof InvalidQuery || failure instanceof ServerError)) {
            // Servers before Cassandra 4.0, and ScyllaDB, refuse the newer table in their own ways.
            v2Refused = true;
            readPeers(versions, counts, done);
          } else {
            done.fail(failure);
          }
        });
  }

  private static void add(Set<UUID> versions, Row row, Predicate<UUID> counts) {
    try {
      UUID hostId = NodeRow.hostId(row);
      UUID version = NodeRow.schemaVersion(row);
      if (hostId != null && version != null && counts.test(hostId)) {
        versions.add(version);
      }
    } catch (CqlException damaged) {
      // One damaged row must not hide that the others agree; faults A15, B7.
    }
  }
}
