package cqloop.netty.engine;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.netty.cluster.SchemaAgreement;
import cqloop.netty.conn.Connection;
import cqloop.netty.message.SchemaChange;
import io.vertx.core.Handler;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Loop-owned. What follows when a request of this loop has changed the schema. */
public final class SchemaChanges implements SchemaAgreement.Surroundings {

  private final LoopEngine engine;
  private final EngineListener listener;

  SchemaChanges(LoopEngine engine, EngineListener listener) {
    this.engine = engine;
    this.listener = listener;
  }

  /**
   * Tells whether a change must spread before all nodes have it. One that need not is made known at
   * once.
   */
  public boolean mustSpread(SchemaChange change) {
    boolean others = engine.shared().topology().nodes().size() > 1;
    if (!others) {
      listener.onSchemaChange(engine, change);
    }
    return others;
  }

  /**
   * Waits until a change has spread, asking the node that made it, and makes it known.
   *
   * @param done told whether all nodes agree
   */
  public void spread(Connection connection, SchemaChange change, Handler<Boolean> done) {
    Handler<Boolean> then =
        agreed -> {
          listener.onSchemaChange(engine, change);
          done.handle(agreed);
        };
    long limitNanos = engine.config().schemaWaitNanos();
    if (limitNanos == 0) {
      // Nobody was asked, so nobody can say that the nodes agree.
      then.handle(false);
      return;
    }
    SchemaAgreement.await(engine.loop(), engine.deadlines(), connection, this, limitNanos, then);
  }

  /**
   * A node that is known as down, or to which no policy sends requests, may lag behind; and one
   * that the session does not know, perhaps a row that a removed node has left.
   */
  @Override
  public boolean counts(UUID hostId) {
    Node node = engine.shared().topology().node(hostId);
    return node != null
        && (node.state() == NodeState.UP
            || (node.state() == NodeState.UNKNOWN && engine.pool(node) != null));
  }

  @Override
  public @Nullable Connection other(Connection than) {
    Connection sameNode = null;
    for (Connection each : engine.connections()) {
      if (each != than && each.canSend()) {
        if (!each.endpoint().equals(than.endpoint())) {
          return each;
        }
        sameNode = each;
      }
    }
    return sameNode;
  }

  @Override
  public boolean isClosed() {
    return engine.isClosed();
  }
}
