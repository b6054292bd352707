package cqloop.netty.cluster;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import cqloop.netty.conn.Connection;
import cqloop.netty.loop.Deadlines;
import io.netty.channel.EventLoop;
import io.vertx.core.Handler;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Waits after a change of schema until all nodes that are up have one version of it.
 * Asks the node that made the change.
 */
public final class SchemaAgreement {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200); // Rules 2.14.

  private final EventLoop loop;
  private final Deadlines deadlines;
  private final Connection connection;
  private final Topology topology;
  private final long untilNanos;
  private final Handler<Boolean> done;

  private SchemaAgreement(
      EventLoop loop,
      Deadlines deadlines,
      Connection connection,
      Topology topology,
      long limitNanos,
      Handler<Boolean> done) {
    this.loop = loop;
    this.deadlines = deadlines;
    this.connection = connection;
    this.topology = topology;
    this.untilNanos = deadlines.nanoTime() + limitNanos;
    this.done = done;
  }

  /**
   * Waits at most so long.
   *
   * @param done told on the loop, once: whether the nodes agree
   */
  public static void await(
      EventLoop loop,
      Deadlines deadlines,
      Connection connection,
      Topology topology,
      long limitNanos,
      Handler<Boolean> done) {
    new SchemaAgreement(loop, deadlines, connection, topology, limitNanos, done).ask();
  }

  private void ask() {
    new TopologyReader(connection, deadlines, 0)
        .readSchemaVersions()
        .onComplete((rows, failure) -> onVersions(rows));
  }

  private void onVersions(@Nullable List<NodeRow> rows) {
    if (rows != null && agree(rows)) {
      done.handle(true);
    } else if (connection.isClosed() || deadlines.nanoTime() - untilNanos >= 0) {
      done.handle(false);
    } else {
      loop.schedule(this::ask, INTERVAL_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  private boolean agree(List<NodeRow> rows) {
    Set<UUID> versions = new HashSet<>();
    for (NodeRow row : rows) {
      UUID version = row.schemaVersion();
      if (version != null && row.hostId() != null && !isDown(row.hostId())) {
        versions.add(version);
      }
    }
    return versions.size() <= 1;
  }

  private boolean isDown(UUID hostId) {
    Node node = topology.node(hostId);
    return node != null && node.state() == NodeState.DOWN;
  }
}
