package cqloop.netty.engine;

import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.netty.conn.Connection;
import cqloop.netty.pool.NodePool;
import cqloop.netty.pool.PoolSize;
import cqloop.spi.NodeDistance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The pools of one loop, by the index of their nodes: one for each node that a policy
 * uses, and those of nodes that have left, while requests run on their connections.
 */
final class NodePools {

  /** Makes the pool of a node. */
  @FunctionalInterface
  interface Maker {
    NodePool make(Node node, int size);
  }

  private final Maker maker;
  private final ToIntFunction<NodeDistance> sizes;
  private final NodeVerifier verifier;
  private final List<NodePool> leaving = new ArrayList<>();
  private volatile @Nullable NodePool[] pools = new NodePool[4];

  /**
   * @param sizes how many connections a pool should have
   */
  NodePools(Maker maker, ToIntFunction<NodeDistance> sizes, NodeVerifier verifier) {
    this.maker = maker;
    this.sizes = sizes;
    this.verifier = verifier;
  }

  /** Returns the pool of a node, or null when no policy uses the node. */
  @Nullable NodePool of(Node node) {
    int index = node.index();
    @Nullable NodePool[] all = pools;
    return index < all.length ? all[index] : null;
  }

  /** Returns the pools by index of their nodes, null where there is none; not to be changed. */
  @Nullable NodePool[] all() {
    return pools;
  }

  /** Tells how many connections each node has; any thread: the pools are replaced whole. */
  void countConnections(BiConsumer<Node, PoolSize> counts) {
    for (NodePool pool : pools) {
      if (pool != null) {
        counts.accept(pool.node(), pool.counted());
      }
    }
  }

  /** Returns every open connection. */
  List<Connection> connections() {
    List<Connection> all = new ArrayList<>();
    for (NodePool pool : pools) {
      if (pool != null) {
        all.addAll(pool.connections());
      }
    }
    return all;
  }

  /** Opens pools for new nodes and closes those of lost ones. */
  void update(Topology topology, Function<Node, NodeDistance> distances) {
    @Nullable NodePool[] before = pools;
    @Nullable NodePool[] after = new NodePool[before.length];
    for (Node node : topology.nodes()) {
      NodeDistance distance = distances.apply(node);
      if (distance != NodeDistance.IGNORED) {
        if (node.index() >= after.length) {
          after = Arrays.copyOf(after, Math.max(node.index() + 1, after.length * 2));
        }
        after[node.index()] = keepOrOpen(before, node, sizes.applyAsInt(distance));
      }
    }
    pools = after;
    leaving.removeIf(NodePool::isDrained);
    closeLost(before, after);
  }

  private NodePool keepOrOpen(@Nullable NodePool[] before, Node node, int size) {
    NodePool known = node.index() < before.length ? before[node.index()] : null;
    if (known == null || !isSame(known.node(), node)) {
      NodePool pool = maker.make(node, size);
      pool.fill();
      return pool;
    }
    boolean wasUnknown = known.node().hostId() == null && node.hostId() != null;
    known.setNode(node);
    known.resize(size);
    if (wasUnknown) {
      verifier.verifyAll(known);
    }
    return known;
  }

  /** A place in the tables, and an address too, may pass to another host. */
  private static boolean isSame(Node known, Node node) {
    return known.endpoint().equals(node.endpoint())
        && (known.hostId() == null || known.hostId().equals(node.hostId()));
  }

  private void closeLost(@Nullable NodePool[] before, @Nullable NodePool[] after) {
    for (int i = 0; i < before.length; i++) {
      NodePool pool = before[i];
      if (pool != null && (i >= after.length || after[i] != pool)) {
        leaving.add(pool);
        pool.leave();
      }
    }
  }

  /** Closes every pool now. */
  void close() {
    for (NodePool pool : pools) {
      if (pool != null) {
        pool.close();
      }
    }
    pools = new NodePool[0];
    for (NodePool pool : List.copyOf(leaving)) {
      pool.close();
    }
    leaving.clear();
  }
}
