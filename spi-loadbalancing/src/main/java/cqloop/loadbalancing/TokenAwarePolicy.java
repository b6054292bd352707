package cqloop.loadbalancing;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.NodeDistance;
import cqloop.spi.QueryPlan;
import cqloop.spi.RoutingInfo;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Puts the replicas of the partition before the nodes of another policy, in the order
 * of the groups of that policy, and within a group by chance and load. Conditional requests see the
 * replicas in the order of the ring, so that all clients meet at one Paxos leader.
 */
final class TokenAwarePolicy implements TieredPolicy {

  private final LoadBalancingPolicy child;
  private final boolean shuffle;
  private final boolean leastBusy;
  private final RandomGenerator random;

  // By the index of the node: a look-up that costs the same in any cluster.
  private @Nullable Node[] nodes = {};
  private byte[] tiers = {};
  private int tierCount;
  private int rotation;

  /**
   * @param child gives the nodes that are no replicas
   * @param shuffle whether chance decides among the replicas of a group; else they take turns
   * @param leastBusy whether the less busy one of two candidates is taken
   */
  TokenAwarePolicy(
      LoadBalancingPolicy child, boolean shuffle, boolean leastBusy, RandomGenerator random) {
    this.child = child;
    this.shuffle = shuffle;
    this.leastBusy = leastBusy;
    this.random = random;
  }

  @Override
  public QueryPlan plan(RoutingInfo request) {
    return request.replicas().isEmpty()
        ? child.plan(request)
        : new TokenAwarePlan(this, request, rotation++ & Integer.MAX_VALUE);
  }

  @Override
  public void onTopology(Topology topology) {
    child.onTopology(topology);
    int size = 0;
    for (Node node : topology.nodes()) {
      size = Math.max(size, node.index() + 1);
    }
    nodes = new Node[size];
    tiers = new byte[size];
    tierCount = 0;
    Arrays.fill(tiers, (byte) Tiers.NONE);
    for (Node node : topology.nodes()) {
      // A cluster with more data centres than a byte counts has them all in the last group.
      int tier = Math.min(Byte.MAX_VALUE, TieredPolicy.tier(child, node));
      nodes[node.index()] = node;
      tiers[node.index()] = (byte) tier;
      tierCount = Math.max(tierCount, tier + 1);
    }
  }

  @Override
  public NodeDistance distance(Node node) {
    return child.distance(node);
  }

  @Override
  public void onAttempt(Node node, long latencyNanos, @Nullable Throwable failure) {
    child.onAttempt(node, latencyNanos, failure);
  }

  @Override
  public int tier(Node node) {
    int index = node.index();
    if (index >= nodes.length) {
      return Tiers.NONE;
    }
    // The replicas may be from an older or newer snapshot, in which the index is another node's.
    Node known = nodes[index];
    return known == node || node.equals(known) ? tiers[index] : Tiers.NONE;
  }

  @Override
  public boolean allows(int tier, Consistency consistency) {
    return TieredPolicy.allows(child, tier, consistency);
  }

  LoadBalancingPolicy child() {
    return child;
  }

  int tierCount() {
    return tierCount;
  }

  /**
   * Returns which of the candidates is next, as the position of its bit.
   *
   * @param candidates positions in the replicas of the request, at least one
   * @param turn number of the plan, for replicas that take turns
   */
  int choose(long candidates, TokenAwarePlan plan, int turn) {
    int count = Long.bitCount(candidates);
    if (count == 1) {
      return Long.numberOfTrailingZeros(candidates);
    }
    int one = shuffle ? random.nextInt(count) : turn % count;
    int first = position(candidates, one);
    if (!leastBusy) {
      return first;
    }
    // Two choices are enough: the busiest is avoided, and no herd runs to the one that looks free.
    int step = shuffle && count > 2 ? 1 + random.nextInt(count - 1) : 1;
    int second = position(candidates, (one + step) % count);
    return plan.inFlight(second) < plan.inFlight(first) ? second : first;
  }

  private static int position(long bits, int number) {
    long left = bits;
    for (int i = 0; i < number; i++) {
      left &= left - 1;
    }
    return Long.numberOfTrailingZeros(left);
  }
}
