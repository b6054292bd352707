package cqloop.retry;

import cqloop.metadata.Node;
import java.util.Arrays;

/**
 * Loop-owned. Bounds the retries that a node causes to a share of its attempts. Each attempt at the
 * node pays a part of a token into its bucket, each retry after a failure of the node takes a whole
 * one out. It needs no clock: many requests may have many retries. A share is the same on every
 * event loop, so the loops need not know of each other.
 */
final class RetryShare {

  /** A token in the parts that are counted: sums of fractions would not come out even. */
  private static final long TOKEN = 1_000_000;

  private final long perAttempt;
  private final long burst;

  // By the index of the node, which is small; a node that takes the place of another takes its
  // bucket.
  private long[] tokens = {};

  /**
   * @param percent retries for 100 attempts; 0 for no bound
   * @param burst retries at once, to begin with and after quiet times
   */
  RetryShare(double percent, int burst) {
    this.perAttempt = Math.round(percent / 100 * TOKEN);
    this.burst = burst * TOKEN;
  }

  /** Counts an attempt at this node. */
  void onAttempt(Node node) {
    if (perAttempt > 0) {
      int index = bucket(node);
      tokens[index] = Math.min(burst, tokens[index] + perAttempt);
    }
  }

  /** Tells whether a retry may follow a failure of this node. */
  boolean allows(Node node) {
    return perAttempt == 0 || tokens[bucket(node)] >= TOKEN;
  }

  /** Takes the right to one retry, which the caller has checked. */
  void take(Node node) {
    if (perAttempt > 0) {
      tokens[bucket(node)] -= TOKEN;
    }
  }

  private int bucket(Node node) {
    int index = node.index();
    int known = tokens.length;
    if (index >= known) {
      tokens = Arrays.copyOf(tokens, Math.max(index + 1, known * 2));
      Arrays.fill(tokens, known, tokens.length, burst);
    }
    return index;
  }
}
