package cqloop.netty.exec;

import cqloop.Consistency;
import cqloop.Statement;
import cqloop.StatementSettings;
import cqloop.error.CqlException;
import cqloop.metadata.Node;
import cqloop.metadata.Sharding;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.codec.RoutingKeys;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.LoopProfile;
import cqloop.netty.engine.ProfileSettings;
import cqloop.netty.engine.Routing;
import cqloop.netty.message.Request;
import cqloop.netty.message.Result;
import cqloop.spi.QueryPlan;
import cqloop.spi.TimestampGenerator;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. What one execution asks for: the message that goes out, and what is made of the one
 * that comes back.
 */
abstract class Call {

  private final Statement<?> statement;
  private final ProfileSettings profile;
  private @Nullable Consistency override;

  Call(Statement<?> statement, ProfileSettings profile) {
    this.statement = statement;
    this.profile = profile;
  }

  /** Returns the message that goes out. */
  abstract Request request();

  /**
   * Makes the message anew: what the driver knows of a prepared statement may have changed.
   *
   * @param newConsistency consistency from now on, or null to keep it
   */
  final void renew(@Nullable Consistency newConsistency) {
    if (newConsistency != null) {
      override = newConsistency;
    }
    makeRequest(override);
  }

  /** Makes the message. */
  abstract void makeRequest(@Nullable Consistency consistency);

  /**
   * Returns what the caller gets.
   *
   * @throws cqloop.error.CqlException when the result is damaged or of the wrong kind
   */
  abstract Object read(
      Execution execution, Attempt attempt, Connection from, Result result, int wireBytes);

  /** Returns how rows without columns are read that answer the latest message, or null. */
  @Nullable ResultShape shape() {
    return null;
  }

  /** Returns what the caller gets when a failure is ignored. */
  abstract Object empty(Execution execution, Attempt attempt);

  /** Returns the prepared statement with this id that the request uses, or null. */
  @Nullable PreparedStatementImpl preparedStatement(byte[] id) {
    return null;
  }

  /** Returns how many statements may be prepared again for one attempt. */
  int maxRepreparations() {
    return 0;
  }

  /** Returns the nodes to try. */
  final QueryPlan plan(LoopEngine engine, LoopProfile policies) {
    String pinned = settings().node();
    if (pinned != null) {
      return PinnedPlan.to(pinned, engine.shared().topology());
    }
    QueryPlan plan = policies.loadBalancing().plan(routed(engine));
    engine.routing().keepFor(this);
    return plan;
  }

  /**
   * Returns the shard of a node that the request belongs to, or -1 when that is not known. Made
   * anew for each attempt but the first, which follows its plan at once: only ScyllaDB has shards,
   * and to hash a key is cheaper than to keep its token in every request.
   */
  final int shard(Node node, Sharding sharding, LoopEngine engine) {
    Routing routing = engine.routing();
    if (!routing.isKeptFor(this)) {
      routed(engine);
    }
    return routing.shard(node, sharding);
  }

  private Routing routed(LoopEngine engine) {
    Routing routing = engine.routing().to(keyspace(), consistency());
    if (isConditional()) {
      routing.markConditional();
    }
    // Read once: positions of one ring mean nothing on the next.
    ClusterState cluster = engine.shared().cluster();
    TokenRing ring = cluster.ring();
    if (ring != null && ring.size() > 0) {
      Buffer key = settings().routingKey();
      if (key == null) {
        route(routing, cluster, ring);
      } else {
        byte[] bytes = key.getBytes();
        routing.byKey(cluster, ring, bytes, 0, bytes.length);
      }
      if (routing.isByTablet()) {
        routing.ofTable(cluster, table());
      }
    }
    return routing;
  }

  /** Returns what is wrong with the node that the statement names; null when nothing is. */
  final @Nullable CqlException unknownNode(LoopEngine engine) {
    String pinned = settings().node();
    return pinned == null || engine.shared().topology().node(pinned) != null
        ? null
        : NodeNotUsed.unknown(pinned);
  }

  /** Tells the keyspace of the request, without quotes; null for that of the session. */
  @Nullable String keyspace() {
    return settings().keyspace();
  }

  /** Tells the table of the request, without quotes; null when it is not known. */
  @Nullable String table() {
    return null;
  }

  /** Tells whether the server has marked the request, or a part of it, as a conditional write. */
  boolean isConditional() {
    return false;
  }

  /** Adds the partition key of the request, where it is known. */
  void route(Routing routing, ClusterState cluster, TokenRing ring) {}

  /** Adds the partition key that is made of these values. */
  static void route(
      Routing routing, ClusterState cluster, TokenRing ring, byte[] values, int[] keyIndices) {
    if (keyIndices.length == 1) {
      long slice = RoutingKeys.slice(values, keyIndices[0]);
      if (slice != RoutingKeys.NONE) {
        routing.byKey(cluster, ring, values, RoutingKeys.offset(slice), RoutingKeys.length(slice));
      }
    } else if (keyIndices.length > 1) {
      byte[] key = RoutingKeys.composite(values, keyIndices);
      if (key != null) {
        routing.byKey(cluster, ring, key, 0, key.length);
      }
    }
  }

  final Statement<?> statement() {
    return statement;
  }

  final StatementSettings settings() {
    return statement.settings();
  }

  final ProfileSettings profile() {
    return profile;
  }

  final Consistency consistency() {
    return StatementParameters.consistency(settings(), profile, override);
  }

  boolean isIdempotent() {
    Boolean own = settings().idempotent();
    return own == null ? profile.idempotent() : own;
  }

  final long timeoutNanos() {
    Duration own = settings().timeout();
    return own == null ? profile.timeoutNanos() : own.toNanos();
  }

  final long attemptTimeoutNanos() {
    Duration own = settings().attemptTimeout();
    return own == null ? profile.attemptTimeoutNanos() : own.toNanos();
  }

  /** Returns the write time: that of the statement, else a new one. Called once per execution. */
  static long timestamp(StatementSettings settings, TimestampGenerator generator) {
    Long own = settings.timestamp();
    return own == null ? generator.next() : own;
  }
}
