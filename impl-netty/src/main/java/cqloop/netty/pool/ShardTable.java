package cqloop.netty.pool;

import cqloop.metadata.Sharding;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ShardPort;
import cqloop.netty.message.ShardInfo;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Which shard of a node each connection of a pool leads to, and which shard lacks one.
 * A node that is not of ScyllaDB has no shards, and any connection will do.
 *
 * <p>A connection to a certain shard is asked for at the shard-aware port of the node. Where that
 * cannot be reached, or something on the way changes local ports, connections are opened at the
 * usual port, where the node chooses; those whose shard has one already are kept aside until all
 * shards have theirs, so that the node chooses others.
 */
public final class ShardTable {

  private static final Logger LOG = LoggerFactory.getLogger(ShardTable.class);

  /** How long the shard-aware port of a node is left alone after it did not do what it should. */
  static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private int size;
  private final ShardPortUse use;
  private final List<Connection> surplus = new ArrayList<>(0);

  private @Nullable ShardInfo info;
  private @Nullable Connection[] slots = new Connection[0];
  private int perShard;
  private int filled;
  private boolean paused;
  private long pausedNanos;

  /**
   * @param size how many connections the pool should have; at least one for each shard
   */
  public ShardTable(int size, ShardPortUse use) {
    this.size = size;
    this.use = use;
  }

  /** Returns how the node divides its tokens, or null when it has no shards. */
  @Nullable Sharding sharding() {
    return info == null ? null : info.sharding();
  }

  /** Returns how many connections the pool should have, at least one for each shard. */
  int size() {
    return size;
  }

  /** Tells whether the node has other shards than when the table was made. */
  boolean isOutdatedBy(Connection connection) {
    ShardInfo told = connection.features().shardInfo();
    Sharding newer = told == null ? null : told.sharding();
    Sharding older = sharding();
    return newer == null ? older != null : !newer.equals(older);
  }

  /** Begins anew, with the shards that the node has on this connection. */
  void restart(Connection connection) {
    info = connection.features().shardInfo();
    clear();
  }

  /**
   * Changes how many connections the pool should have.
   *
   * @param open those it has
   * @return those of them that are in excess now
   */
  List<Connection> resize(int newSize, List<Connection> open) {
    size = newSize;
    clear();
    List<Connection> excess = new ArrayList<>(0);
    for (int i = 0; i < open.size(); i++) {
      ShardInfo told = info == null ? null : open.get(i).features().shardInfo();
      boolean fits = told == null ? i < size : place(open.get(i), told);
      if (!fits) {
        excess.add(open.get(i));
      }
    }
    return excess;
  }

  private void clear() {
    filled = 0;
    Sharding sharding = sharding();
    if (sharding == null) {
      perShard = 0;
      slots = new Connection[0];
    } else {
      perShard = (size + sharding.shards() - 1) / sharding.shards();
      slots = new Connection[perShard * sharding.shards()];
    }
  }

  /** Tells whether the pool, which has so many connections, should have more. */
  boolean lacks(int open) {
    return info == null ? open < size : filled < slots.length;
  }

  /** Returns how to get a connection to a shard that lacks one, or null to take what comes. */
  @Nullable ShardPort target(long nowNanos) {
    ShardInfo known = info;
    int port = known == null || filled == 0 ? 0 : use.portOf(known);
    if (known == null || port == 0 || (paused && nowNanos - pausedNanos < PAUSE_NANOS)) {
      // The first connection is one of these always: a node may have other shards since it was
      // lost.
      return null;
    }
    paused = false;
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == null) {
        return new ShardPort(port, i / perShard, known.sharding().shards());
      }
    }
    return null;
  }

  /** Leaves the shard-aware port alone when it gave another shard than was asked for. */
  void compare(@Nullable ShardPort asked, Connection given, long nowNanos) {
    ShardInfo told = given.features().shardInfo();
    if (asked != null && told != null && told.shard() != asked.shard()) {
      pause(given.endpoint(), "it led to shard " + told.shard(), nowNanos);
    }
  }

  /** The shard-aware port does not do what it should: it is left alone for a while. */
  void pause(String endpoint, @Nullable String why, long nowNanos) {
    LOG.info(
        "Connections to %s are opened without its shard-aware port for %s minutes: %s"
            .formatted(endpoint, TimeUnit.NANOSECONDS.toMinutes(PAUSE_NANOS), why));
    paused = true;
    pausedNanos = nowNanos;
  }

  /**
   * Takes a connection in.
   *
   * @return false when its shard has all it should: it is kept aside
   */
  boolean add(Connection connection) {
    ShardInfo told = connection.features().shardInfo();
    if (told == null) {
      return true;
    }
    info = told; // The ports of a node may change while its shards stay.
    if (place(connection, told)) {
      return true;
    }
    surplus.add(connection);
    return false;
  }

  /** Returns one that was kept aside and whose shard has room for it now, or null. */
  @Nullable Connection takeSurplus() {
    for (int i = 0; i < surplus.size(); i++) {
      Connection candidate = surplus.get(i);
      ShardInfo told = candidate.features().shardInfo();
      if (told != null && place(candidate, told)) {
        return surplus.remove(i);
      }
    }
    return null;
  }

  private boolean place(Connection connection, ShardInfo told) {
    for (int i = told.shard() * perShard; i < (told.shard() + 1) * perShard; i++) {
      if (slots[i] == null) {
        slots[i] = connection;
        filled++;
        return true;
      }
    }
    return false;
  }

  /** Forgets a connection. */
  void remove(Connection connection) {
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == connection) {
        slots[i] = null;
        filled--;
        return;
      }
    }
    surplus.remove(connection);
  }

  /** Returns the least busy connection to a shard that takes a request now, or null. */
  @Nullable Connection pick(int shard) {
    Connection best = null;
    int end = Math.min(slots.length, (shard + 1) * perShard);
    for (int i = shard * perShard; i < end; i++) {
      Connection candidate = slots[i];
      if (candidate != null
          && candidate.canSend()
          && (best == null || candidate.inFlight() < best.inFlight())) {
        best = candidate;
      }
    }
    return best;
  }

  /** Tells whether as many are kept aside as may: the node does not give what is lacking. */
  boolean isSurplusFull() {
    return surplus.size() >= Math.max(10, slots.length);
  }

  /** Tells whether connections are kept aside. */
  boolean hasSurplus() {
    return !surplus.isEmpty();
  }

  /** Closes the connections that were kept aside. */
  void closeSurplus(String reason) {
    for (Connection connection : List.copyOf(surplus)) {
      connection.close(reason);
    }
    surplus.clear();
  }
}
