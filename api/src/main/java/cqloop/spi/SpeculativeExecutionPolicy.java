package cqloop.spi;

import cqloop.metadata.Node;
import org.jspecify.annotations.Nullable;

/** Loop-owned. Decides when an idempotent request that is not answered yet is sent once more. */
@FunctionalInterface
public interface SpeculativeExecutionPolicy {

  /**
   * Returns how long to wait before one more attempt is started.
   *
   * @param node the node of the attempt that was just written, or null before the first one
   * @param started how many attempts were started speculatively so far
   * @return nanoseconds, 0 to start at once, negative to start no more
   */
  long nextDelayNanos(@Nullable Node node, int started);

  /** Takes the latency of an answered attempt of this loop, in nanoseconds. */
  default void onLatency(Node node, long latencyNanos) {}
}
