package cqloop.netty.cluster;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import cqloop.netty.conn.Connection;
import cqloop.netty.loop.Deadline;
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
public final class SchemaAgreement extends Deadline {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200); // Rules 2.14.

  private final EventLoop loop;
  private final Deadlines deadlines;
  private final Connection connection;
  private final Topology topology;
  private final Handler<Boolean> done;
  private boolean ended;

  private SchemaAgreement(
      EventLoop loop,
      Deadlines deadlines,
      Connection connection,
      Topology topology,
      Handler<Boolean> done) {
    this.loop = loop;
    this.deadlines = deadlines;
    this.connection = connection;
    this.topology = topology;
    this.done = done;
  }

  /**
   * Waits at most so long, whether the node answers or not.
   *
   * @param limitNanos more than 0
   * @param done told on the loop, once: whether the nodes agree
   */
  public static void await(
      EventLoop loop,
      Deadlines deadlines,
      Connection connection,
      Topology topology,
      long limitNanos,
      Handler<Boolean> done) {
    SchemaAgreement agreement = new SchemaAgreement(loop, deadlines, connection, topology, done);
    deadlines.add(agreement, deadlines.nanoTime(), limitNanos);
    agreement.ask();
  }

  @Override
  protected void onDeadline() {
    end(false);
  }

  private void ask() {
    if (!ended) {
      new TopologyReader(loop, connection, deadlines, 0)
          .readSchemaVersions()
          .onComplete((rows, failure) -> onVersions(rows));
    }
  }

  private void onVersions(@Nullable List<NodeRow> rows) {
    if (rows != null && agree(rows)) {
      end(true);
    } else if (connection.isClosed()) {
      end(false);
    } else if (!ended) {
      loop.schedule(this::ask, INTERVAL_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  private void end(boolean agreed) {
    if (!ended) {
      ended = true;
      deadlines.cancel(this);
      done.handle(agreed);
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
