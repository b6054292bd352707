package cqloop.testkit;

/** Told of the progress of a cluster that starts; called by the starting thread. */
@FunctionalInterface
public interface ClusterListener {
  /** What a cluster is busy with. */
  enum Step {
    /** Looking for the server's jars and a JDK for it. */
    RESOLVING,
    /** Node processes were started; the detail names their addresses. */
    BOOTING,
    /** One node answers requests; the detail is its address. */
    NODE_READY,
    /** All nodes answer and agree on members and schema. */
    READY
  }

  /**
   * A step was reached.
   *
   * @param step which one
   * @param detail for people to read
   */
  void onStep(Step step, String detail);
}
