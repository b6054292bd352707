package cqloop.testkit.scylla;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Value. What came in at a front. Executions of prepared statements count, also those of a batch,
 * one by one.
 *
 * @param hits for each shard, how many came in at the shard of their partition
 * @param misses for each shard, how many came in there and belong to another shard, or to a tablet
 *     that is not on this node
 * @param strays how many came in at a node that is neither the first replica by the ring nor a
 *     replica of their tablet
 * @param unknown how many had no partition key that the front could tell
 * @param payloads how many answers told where a tablet is
 * @param refusals how many were refused by the rate limit
 */
public record FrontCounters(
    List<Integer> hits, List<Integer> misses, int strays, int unknown, int payloads, int refusals) {

  static FrontCounters zero(int shards) {
    List<Integer> none = Collections.nCopies(shards, 0);
    return new FrontCounters(none, none, 0, 0, 0, 0);
  }

  /**
   * All hits.
   *
   * @return the sum over the shards
   */
  public int totalHits() {
    return sum(hits);
  }

  /**
   * All misses.
   *
   * @return the sum over the shards
   */
  public int totalMisses() {
    return sum(misses);
  }

  FrontCounters with(Arrival arrival) {
    int stray = strays + (arrival.atReplica() ? 0 : 1);
    return arrival.isHit()
        ? new FrontCounters(more(hits, arrival.shard()), misses, stray, unknown, payloads, refusals)
        : new FrontCounters(
            hits, more(misses, arrival.shard()), stray, unknown, payloads, refusals);
  }

  FrontCounters withUnknown() {
    return new FrontCounters(hits, misses, strays, unknown + 1, payloads, refusals);
  }

  FrontCounters withPayload() {
    return new FrontCounters(hits, misses, strays, unknown, payloads + 1, refusals);
  }

  FrontCounters withRefusal() {
    return new FrontCounters(hits, misses, strays, unknown, payloads, refusals + 1);
  }

  private static List<Integer> more(List<Integer> counts, int shard) {
    List<Integer> next = new ArrayList<>(counts);
    next.set(shard, counts.get(shard) + 1);
    return List.copyOf(next);
  }

  private static int sum(List<Integer> counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
