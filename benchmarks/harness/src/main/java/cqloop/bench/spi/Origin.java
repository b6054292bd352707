package cqloop.bench.spi;

/** Value. Where requests come from. */
public enum Origin {
  /**
   * From inside the completion of the previous request: the client's own thread, no hop of ours.
   */
  CALLBACK,
  /** As {@link #CALLBACK}, from a worker context of Vert.x. */
  WORKER,
  /** A plain thread that sends a batch, waits for all of its answers and sends the next. */
  PLAIN
}
