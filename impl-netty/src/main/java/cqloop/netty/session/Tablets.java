package cqloop.netty.session;

import cqloop.metadata.SchemaObject;
import cqloop.metadata.SchemaUpdate;
import cqloop.metadata.TableMetadata;
import cqloop.metadata.ViewMetadata;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.LearntTablet;
import cqloop.netty.cluster.TabletMap;
import cqloop.netty.engine.SharedState;
import cqloop.netty.engine.TabletLearner;
import cqloop.netty.message.SchemaChange;
import io.netty.channel.EventLoop;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Home-loop-owned. Writes down the tablets that the loops of a session have been told of, for all
 * of them. What comes in one turn of the loop is one change.
 */
final class Tablets {

  private static final Logger LOG = LoggerFactory.getLogger(Tablets.class);

  private final EventLoop home;
  private final SharedState shared;
  private List<LearntTablet> learnt = new ArrayList<>();
  private boolean warned;

  Tablets(EventLoop home, SharedState shared) {
    this.home = home;
    this.shared = shared;
  }

  /** Takes what a loop was told of in one turn. */
  void learn(List<LearntTablet> more) {
    if (learnt.isEmpty()) {
      home.execute(this::writeDown);
    }
    // Those beyond are told of again: a turn of the loop has its bound.
    int room = Math.min(more.size(), TabletLearner.MAX_OF_TURN - learnt.size());
    learnt.addAll(more.subList(0, room));
  }

  private void writeDown() {
    List<LearntTablet> all = learnt;
    learnt = new ArrayList<>();
    TabletMap newer = shared.cluster().tablets().with(all);
    publish(newer);
    if (newer.isFull() && !warned) {
      warned = true;
      LOG.warn(
          "%s tablets are known, as many as are kept of one table or of all: others are not followed"
                  .formatted(newer.size())
              + ", and requests to them are handed on by their coordinators");
    }
  }

  /** What was dropped may be made again, with other tablets or none. */
  void onSchemaChange(SchemaChange change) {
    TabletMap known = shared.cluster().tablets();
    if (!change.change().equals("DROPPED")) {
      return;
    }
    if (change.target().equals("KEYSPACE")) {
      publish(known.withoutKeyspace(change.keyspace()));
    } else if (change.target().equals("TABLE")) {
      publish(known.withoutTable(change.keyspace(), change.name()));
    }
  }

  /** The schema was read: an announcement that a table was dropped may have been lost. */
  void onUpdate(SchemaUpdate update) {
    SchemaObject before = update.before();
    if (update.after() == null
        && (before instanceof TableMetadata || before instanceof ViewMetadata)) {
      publish(shared.cluster().tablets().withoutTable(before.keyspace(), before.name()));
    }
  }

  private void publish(TabletMap newer) {
    ClusterState cluster = shared.cluster();
    if (newer != cluster.tablets()) {
      shared.setCluster(cluster.withTablets(newer));
    }
  }
}
