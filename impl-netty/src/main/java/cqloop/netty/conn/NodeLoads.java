package cqloop.netty.conn;

import java.util.Arrays;

/**
 * Loop-owned. How many stream ids are taken on the connections of one loop that take requests, by
 * the index of their nodes. Each request compares the load of replicas: here that is one array,
 * where counting it out would touch the pools and connections of nodes that are not even asked.
 */
public final class NodeLoads {

  private int[] counts = new int[16];

  /** Returns the load of the node with this index. */
  public int of(int node) {
    return node < counts.length ? counts[node] : 0;
  }

  void add(int node, int count) {
    if (node >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(node + 1, counts.length * 2));
    }
    counts[node] += count;
  }
}
