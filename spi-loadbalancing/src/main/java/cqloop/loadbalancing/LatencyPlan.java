package cqloop.loadbalancing;

import cqloop.metadata.Node;
import cqloop.spi.QueryPlan;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Loop-owned. The nodes of another plan, the slow ones last, else in the same order. */
final class LatencyPlan implements QueryPlan {

  private final LatencyAwarePolicy policy;
  private final QueryPlan plan;
  private final long now;
  private final double limitNanos;
  private @Nullable Queue<Node> slow;

  /**
   * @param now time of the request, for judging how old a latency is
   * @param limitNanos average latency above which a node is slow
   */
  LatencyPlan(LatencyAwarePolicy policy, QueryPlan plan, long now, double limitNanos) {
    this.policy = policy;
    this.plan = plan;
    this.now = now;
    this.limitNanos = limitNanos;
  }

  @Override
  public @Nullable Node next() {
    Node node = plan.next();
    while (node != null) {
      if (!policy.isSlow(node, now, limitNanos)) {
        return node;
      }
      if (slow == null) {
        slow = new ArrayDeque<>();
      }
      slow.add(node);
      node = plan.next();
    }
    return slow == null ? null : slow.poll();
  }
}
