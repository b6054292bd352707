package cqloop.netty.pool;

import cqloop.ProtocolVersion;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.NodeLoads;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The connections of a pool: those that take requests, with the shards they lead to,
 * and those that only end the requests they have.
 */
final class PoolConnections {

  private final ShardTable shards;
  private final NodeLoads loads;
  private final int node;
  private final List<Connection> open = new ArrayList<>(1);
  private final List<Connection> retired = new ArrayList<>(1);
  private final PoolSize counted = new PoolSize();

  /** That of {@link #open}, when it is one: as most pools have it, and each request asks. */
  private @Nullable Connection only;

  /**
   * @param loads where those that take requests count theirs, for the node with this index
   */
  PoolConnections(ShardTable shards, NodeLoads loads, int node) {
    this.shards = shards;
    this.loads = loads;
    this.node = node;
  }

  /** Returns those that take requests. */
  List<Connection> open() {
    return open;
  }

  ShardTable shards() {
    return shards;
  }

  PoolSize counted() {
    return counted;
  }

  /** Tells whether there should be more. */
  boolean lacks() {
    return shards.lacks(open.size());
  }

  /** Returns the least busy connection that takes a request now, or null. */
  @Nullable Connection pick() {
    Connection single = only;
    if (single != null) {
      return single.canSend() ? single : null;
    }
    Connection best = null;
    for (int i = 0; i < open.size(); i++) {
      Connection candidate = open.get(i);
      if (candidate.canSend() && (best == null || candidate.inFlight() < best.inFlight())) {
        best = candidate;
      }
    }
    return best;
  }

  /** Returns a connection to this shard that takes a request now, else any other one, or null. */
  @Nullable Connection pick(int shard) {
    Connection best = shard < 0 ? null : shards.pick(shard);
    return best == null ? pick() : best;
  }

  /**
   * Takes one in.
   *
   * @return false when its shard has all it should: it is kept aside, and serves nobody
   */
  boolean add(Connection connection) {
    if (!shards.add(connection)) {
      return false;
    }
    open(connection);
    return true;
  }

  /**
   * Replaces one whose shard does not matter. The old one ends its requests, and tells its owner.
   */
  void replace(Connection old, Connection newer) {
    open(newer);
    old.retire();
  }

  private void open(Connection connection) {
    open.add(connection);
    connection.countFor(loads, node);
    count();
  }

  /** One takes no more requests. Tells whether it did before. */
  boolean retire(Connection connection) {
    if (!open.remove(connection)) {
      return false;
    }
    retired.add(connection);
    forget(connection);
    return true;
  }

  /** One is gone. Tells whether it took requests. */
  boolean remove(Connection connection) {
    retired.remove(connection);
    boolean served = open.remove(connection);
    forget(connection);
    return served;
  }

  /** Another one that was kept aside for want of room in its shard takes the place. */
  private void forget(Connection connection) {
    connection.stopCounting();
    shards.remove(connection);
    Connection next = shards.takeSurplus();
    if (next == null) {
      count();
    } else {
      open(next);
    }
  }

  /** A node may come back with other shards: those of before end their requests. */
  void adaptTo(Connection newest) {
    if (shards.isOutdatedBy(newest)) {
      shards.closeSurplus("the node has other shards");
      shards.restart(newest);
      retireAll("the node has other shards");
    }
  }

  /**
   * Changes how many there should be; those in excess end their requests. Tells whether it differs
   * from before.
   */
  boolean resize(int size) {
    if (size == shards.size()) {
      return false;
    }
    shards.resize(size, open).forEach(Connection::retire);
    return true;
  }

  /** Lets those end that speak another version. */
  void retireAllBut(ProtocolVersion version) {
    shards.closeSurplus("the session speaks another version");
    for (Connection connection : List.copyOf(open)) {
      if (connection.features().version() != version) {
        connection.retire();
      }
    }
  }

  /** Asks each to tell when it has room. */
  void wantCapacity() {
    for (int i = 0; i < open.size(); i++) {
      open.get(i).wantCapacity();
    }
  }

  /** Lets each end its requests, and closes those that are kept aside. */
  void retireAll(String reason) {
    shards.closeSurplus(reason);
    for (Connection connection : List.copyOf(open)) {
      connection.retire();
    }
  }

  void closeAll(String reason) {
    shards.closeSurplus(reason); // First, or they would take the places of the others.
    for (Connection connection : List.copyOf(open)) {
      connection.close(reason);
    }
    for (Connection connection : List.copyOf(retired)) {
      connection.close(reason);
    }
  }

  /** Tells whether none is left. */
  boolean isEmpty() {
    return open.isEmpty() && retired.isEmpty() && !shards.hasSurplus();
  }

  private void count() {
    only = open.size() == 1 ? open.get(0) : null;
    counted.set(open.size(), retired.size());
  }
}
