package cqloop.testkit.scylla;

import cqloop.testkit.fake.WireValue;
import java.util.List;

/**
 * Value. An execution of a prepared statement with a known partition key, as it came in at a front.
 *
 * @param statement what is executed
 * @param values the bound values, in the order of the wire
 * @param token the token of the partition key, by Cassandra's own partitioner
 * @param shard the shard of the connection that it came in on
 * @param ownShard the shard of this node that has the partition; -1 when its tablet is elsewhere
 * @param atReplica whether this node is the first replica by the ring, or any replica of the tablet
 */
public record Arrival(
    KnownStatement statement,
    List<WireValue> values,
    long token,
    int shard,
    int ownShard,
    boolean atReplica) {

  /**
   * Whether no node and no shard has to hand it on.
   *
   * @return true for the shard that has the partition
   */
  public boolean isHit() {
    return shard == ownShard;
  }
}
