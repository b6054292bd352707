package cqloop.spi;

import cqloop.metadata.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The nodes to try for one request, one after the other; shared by its retries and
 * speculative attempts. Made anew for each request, so the first call should cost little.
 */
@FunctionalInterface
public interface QueryPlan {

  /** Returns the next node, each at most once, or null at the end and ever after. */
  @Nullable Node next();

  /** Returns a plan that gives these nodes in order. The list must not change. */
  static QueryPlan of(List<Node> nodes) {
    return new ListPlan(nodes);
  }
}
