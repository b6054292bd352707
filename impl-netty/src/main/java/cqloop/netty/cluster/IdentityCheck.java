package cqloop.netty.cluster;

import cqloop.Row;
import cqloop.RowSet;
import cqloop.error.CqlException;
import cqloop.error.InvalidQuery;
import cqloop.error.Unauthorized;
import cqloop.error.WrongNode;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.Opening;
import cqloop.netty.loop.Deadlines;
import io.vertx.core.Completable;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Asks a connection which node it leads to: its address may have been given to another
 * one since the cluster was read. Nothing that servers send by themselves tells; faults A13, A16.
 */
public final class IdentityCheck {

  private static final String QUERY =
      "SELECT host_id, cluster_name FROM system.local WHERE key='local'";

  private final Connection connection;
  private final Node expected;
  private final String cluster;
  private final Completable<Connection> done;
  private boolean ended;

  private IdentityCheck(
      Connection connection, Node expected, String cluster, Completable<Connection> done) {
    this.connection = connection;
    this.expected = expected;
    this.cluster = cluster;
    this.done = done;
  }

  /**
   * Asks the node at the other end.
   *
   * @param expected the node that should be there; when its host id is not known yet, nobody is
   *     asked
   * @param cluster the name of its cluster, empty when not known yet
   * @param done completed on the loop, once: with the connection when it leads to this node, or
   *     when the node cannot tell; else with {@link WrongNode} or with what kept it from telling.
   *     Closing a connection that failed is up to the caller
   * @return closes the connection while the answer is awaited
   */
  public static Opening ask(
      Connection connection,
      Deadlines deadlines,
      Node expected,
      String cluster,
      Completable<Connection> done) {
    if (expected.hostId() == null) {
      done.succeed(connection);
      return Opening.NOTHING;
    }
    IdentityCheck check = new IdentityCheck(connection, expected, cluster, done);
    SystemQuery.send(connection, deadlines, QUERY, check::onAnswer);
    return check::abort;
  }

  private void abort() {
    if (!ended) {
      connection.close("given up while it was asked for its host id");
    }
  }

  private void onAnswer(@Nullable RowSet rows, @Nullable Throwable failure) {
    ended = true;
    CqlException problem;
    if (rows == null) {
      // A proxy may hide the table, or the rights may be missing: such a server is taken as it is.
      boolean cannotTell = failure instanceof InvalidQuery || failure instanceof Unauthorized;
      problem = cannotTell ? null : (CqlException) Objects.requireNonNull(failure);
    } else {
      problem = judge(rows.first());
    }
    if (problem == null) {
      done.succeed(connection);
    } else {
      done.fail(problem);
    }
  }

  private @Nullable CqlException judge(@Nullable Row row) {
    UUID wanted = Objects.requireNonNull(expected.hostId());
    UUID hostId;
    String name;
    try {
      hostId = row == null ? null : NodeRow.hostId(row);
      name = row == null ? "" : NodeRow.text(row, "cluster_name");
    } catch (CqlException damaged) {
      return damaged;
    }
    if (!cluster.isEmpty() && !name.isEmpty() && !cluster.equals(name)) {
      return wrong(wanted, hostId, "it belongs to cluster '%s', not '%s'", name, cluster);
    }
    return hostId == null || hostId.equals(wanted)
        ? null
        : wrong(wanted, hostId, "its host id is %s, not %s", hostId, wanted);
  }

  private WrongNode wrong(
      UUID wanted, @Nullable UUID hostId, String problem, @Nullable Object... values) {
    return new WrongNode(expected.label(), wanted, hostId, problem.formatted(values));
  }
}
