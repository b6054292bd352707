package cqloop.testkit.scylla;

import cqloop.testkit.fake.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Value. A range of tokens of one table, and the shards that have it.
 *
 * @param firstToken the token before the range
 * @param lastToken the last token of the range
 * @param replicas where the range is
 */
public record Tablet(long firstToken, long lastToken, List<Replica> replicas) {

  /**
   * Value. A shard that has a tablet.
   *
   * @param hostId of its node
   * @param shard its number
   */
  public record Replica(UUID hostId, int shard) {}

  /** Copies the replicas. */
  public Tablet {
    replicas = List.copyOf(replicas);
  }

  /**
   * Divides the ring into equal tablets.
   *
   * @param replicas of each tablet, in the order of the ring; their number must be a power of two
   * @return the tablets
   */
  public static List<Tablet> even(List<List<Replica>> replicas) {
    int count = replicas.size();
    if (Integer.bitCount(count) != 1 || count == 1) {
      throw new IllegalArgumentException(
          "The tablets of a table are a power of two, at least 2; got " + count + ".");
    }
    // The whole ring is 2^64 tokens wide.
    long width = Long.divideUnsigned(-1L, count) + 1;
    List<Tablet> tablets = new ArrayList<>();
    long first = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      // As ScyllaDB divides it: the token before the next part ends this one.
      long last = Long.MIN_VALUE + width * (i + 1) - 1;
      tablets.add(new Tablet(first, last, replicas.get(i)));
      first = last;
    }
    return tablets;
  }

  boolean holds(long token) {
    return token > firstToken && token <= lastToken;
  }

  /**
   * The shard of a node that has this tablet.
   *
   * @param hostId of the node
   * @return its number, or -1 when the node is no replica
   */
  public int shardAt(UUID hostId) {
    for (Replica replica : replicas) {
      if (replica.hostId().equals(hostId)) {
        return replica.shard();
      }
    }
    return -1;
  }

  /** The custom payload that tells it: {@code tuple<bigint, bigint, list<tuple<uuid, int>>>}. */
  byte[] toPayload() {
    WireWriter list = new WireWriter().writeInt(replicas.size());
    for (Replica replica : replicas) {
      WireWriter tuple = new WireWriter().writeInt(16).writeUuid(replica.hostId());
      list.writeBytes(tuple.writeInt(4).writeInt(replica.shard()).toBytes());
    }
    WireWriter out = new WireWriter().writeInt(8).writeLong(firstToken);
    return out.writeInt(8).writeLong(lastToken).writeBytes(list.toBytes()).toBytes();
  }
}
