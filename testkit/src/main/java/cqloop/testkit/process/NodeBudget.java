package cqloop.testkit.process;

import java.util.concurrent.Semaphore;

/** Bounds how many nodes this JVM runs at once: each may take up to half a gigabyte. */
public final class NodeBudget {
  /** System property: the most nodes at once. */
  public static final String PROPERTY = "cqloop.testkit.max-nodes";

  // The shared node, a cluster of three, and one that joins it: about 1.3 GB.
  private static final int DEFAULT_NODES = 5;

  private static final int LIMIT = Integer.getInteger(PROPERTY, DEFAULT_NODES);
  private static final Semaphore FREE = new Semaphore(LIMIT);

  private NodeBudget() {}

  /**
   * Takes places for nodes that are about to start.
   *
   * @throws IllegalStateException when that would exceed the budget
   */
  public static void take(int nodes) {
    if (!FREE.tryAcquire(nodes)) {
      throw new IllegalStateException(
          "Starting "
              + nodes
              + " node(s) would exceed the budget of "
              + LIMIT
              + " Cassandra nodes at once; "
              + (LIMIT - FREE.availablePermits())
              + " are running. Close a cluster first, or raise -D"
              + PROPERTY
              + ".");
    }
  }

  /** Gives places back. */
  public static void give(int nodes) {
    FREE.release(nodes);
  }
}
