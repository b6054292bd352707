package cqloop.netty.cluster;

import cqloop.Row;
import cqloop.RowSet;
import cqloop.error.CqlException;
import cqloop.error.InvalidQuery;
import cqloop.error.ServerError;
import cqloop.error.ServerException;
import cqloop.error.UnexpectedResponse;
import cqloop.netty.conn.Connection;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.loop.Slices;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. Reads the tables in which a server describes its cluster, over the control
 * connection.
 */
final class TopologyReader {

  private static final Logger LOG = LoggerFactory.getLogger(TopologyReader.class);

  private static final String LOCAL = "SELECT * FROM system.local WHERE key='local'";
  private static final String PEERS_V2 = "SELECT * FROM system.peers_v2";
  private static final String PEERS = "SELECT * FROM system.peers";
  private static final String KEYSPACES =
      "SELECT keyspace_name, replication FROM system_schema.keyspaces";
  private static final String TABLETS =
      "SELECT keyspace_name, initial_tablets FROM system_schema.scylla_keyspaces";

  /**
   * Value. What one reading gave.
   *
   * @param local the node that was asked
   * @param peers its peers, the rows with gaps left out
   * @param sharded whether the node that was asked has shards
   * @param skipped how many rows had gaps
   * @param keyspacesWithTablets null when the node does not say
   */
  record Reading(
      String clusterName,
      String partitioner,
      NodeRow local,
      List<NodeRow> peers,
      boolean sharded,
      int skipped,
      Map<String, Replication> keyspaces,
      @Nullable Set<String> keyspacesWithTablets) {}

  private final EventLoop loop;
  private final Connection connection;
  private final Deadlines deadlines;
  private final int port;

  /** Remembered for the life of the connection: only a restart brings the table. */
  private boolean v2Refused;

  /** Said once, and again when it changes. */
  private int toldSkipped;

  TopologyReader(EventLoop loop, Connection connection, Deadlines deadlines, int port) {
    this.loop = loop;
    this.connection = connection;
    this.deadlines = deadlines;
    this.port = port;
  }

  Future<Reading> read() {
    return query(LOCAL)
        .compose(
            local ->
                peers()
                    .compose(
                        peers ->
                            keyspaces()
                                .compose(
                                    keyspaces ->
                                        keyspacesWithTablets()
                                            .compose(
                                                tablets ->
                                                    reading(local, peers, keyspaces, tablets)))));
  }

  private Future<RowSet> peers() {
    if (v2Refused) {
      return query(PEERS);
    }
    // Servers before Cassandra 4.0, and ScyllaDB, refuse the newer table in their own ways.
    return query(PEERS_V2)
        .recover(
            failure -> {
              if (failure instanceof InvalidQuery || failure instanceof ServerError) {
                v2Refused = true;
                return query(PEERS);
              }
              return Future.failedFuture(failure);
            });
  }

  private Future<Map<String, Replication>> keyspaces() {
    return query(KEYSPACES)
        .map(
            rows -> {
              Map<String, Replication> keyspaces = new HashMap<>();
              for (Row row : rows) {
                Map<String, String> options =
                    row.columns().indexOf("replication") < 0
                        ? null
                        : row.getMap("replication", String.class, String.class);
                if (options != null) {
                  keyspaces.put(NodeRow.text(row, "keyspace_name"), Replication.of(options));
                }
              }
              return keyspaces;
            })
        // A server without these tables (before Cassandra 3.0) is used without token routing.
        .recover(
            failure ->
                failure instanceof InvalidQuery
                    ? Future.succeededFuture(Map.of())
                    : Future.failedFuture(failure));
  }

  /** Asks a node that has tablets which keyspaces have them; null when it does not say. */
  private Future<@Nullable Set<String>> keyspacesWithTablets() {
    if (!connection.features().tablets()) {
      return Future.succeededFuture(null);
    }
    return query(TABLETS)
        .map(TopologyReader::namesWithTablets)
        // Answers to requests tell as well: a server without the table or column is no failure.
        .recover(
            failure ->
                failure instanceof ServerException
                    ? Future.succeededFuture(null)
                    : Future.failedFuture(failure));
  }

  /** The number is 0 where it was left to the server, and null where there are no tablets. */
  private static Set<String> namesWithTablets(RowSet rows) {
    Set<String> names = new HashSet<>();
    for (Row row : rows) {
      if (NodeRow.has(row, "initial_tablets")) {
        names.add(NodeRow.text(row, "keyspace_name"));
      }
    }
    return names;
  }

  private Future<Reading> reading(
      RowSet local,
      RowSet peers,
      Map<String, Replication> keyspaces,
      @Nullable Set<String> keyspacesWithTablets) {
    Row self = requireRow(local);
    NodeRow localRow = NodeRow.of(self, port);
    PeerRows rows = new PeerRows(localRow, peers.iterator(), port);
    Promise<Void> read = Promise.promise();
    Slices.run(loop, rows::step, read);
    return read.future()
        .map(
            done -> {
              tellSkipped(rows.skipped);
              return new Reading(
                  NodeRow.text(self, "cluster_name"),
                  NodeRow.text(self, "partitioner"),
                  localRow,
                  rows.valid,
                  connection.features().shardInfo() != null,
                  rows.skipped,
                  keyspaces,
                  keyspacesWithTablets);
            });
  }

  private void tellSkipped(int skipped) {
    boolean differs = skipped != toldSkipped;
    toldSkipped = skipped;
    if (differs && skipped == 0) {
      LOG.info("All rows of peers of %s make sense again".formatted(connection.endpoint()));
    } else if (differs) {
      LOG.warn(
          "%s rows of peers of %s are left out: they are damaged, have gaps, or repeat a host id"
              .formatted(skipped, connection.endpoint()));
    }
  }

  private Row requireRow(RowSet local) {
    Row row = local.first();
    if (row == null) {
      throw new UnexpectedResponse(
          connection.endpoint(), "a query of system.local", "no row at all");
    }
    return row;
  }

  private Future<RowSet> query(String cql) {
    Promise<RowSet> promise = Promise.promise();
    SystemQuery.send(connection, deadlines, cql, promise);
    return promise.future();
  }

  /** Loop-owned. The peers that a node names, read one by one. */
  private static final class PeerRows {

    private final NodeRow local;
    private final Iterator<Row> rows;
    private final int port;
    private final Set<UUID> seen = new HashSet<>();
    private final List<NodeRow> valid = new ArrayList<>();
    private int skipped;

    PeerRows(NodeRow local, Iterator<Row> rows, int port) {
      this.local = local;
      this.rows = rows;
      this.port = port;
    }

    boolean step() {
      if (!rows.hasNext()) {
        return false;
      }
      NodeRow peer = readable(rows.next());
      if (peer == null) {
        skipped++;
        return true;
      }
      boolean isSelf = peer.hostId() != null && peer.hostId().equals(local.hostId());
      // A node that changed its address may have left its old row behind: one host id, one node.
      if (!isSelf && peer.isValid() && seen.add(Objects.requireNonNull(peer.hostId()))) {
        valid.add(peer);
      } else if (!isSelf) {
        skipped++;
      }
      return true;
    }

    /** One damaged row must not hide the other nodes; faults A15. */
    private @Nullable NodeRow readable(Row row) {
      try {
        return NodeRow.of(row, port);
      } catch (CqlException damaged) {
        return null;
      }
    }
  }
}
