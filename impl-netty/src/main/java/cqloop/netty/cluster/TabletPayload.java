package cqloop.netty.cluster;

import cqloop.error.ProtocolViolation;
import cqloop.metadata.Node;
import cqloop.metadata.Sharding;
import cqloop.metadata.Topology;
import cqloop.netty.wire.BodyReader;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. What ScyllaDB adds to the answer to a request that came in at the wrong node or shard: the
 * tablet that its key belongs to, as {@code tuple<bigint, bigint, list<tuple<uuid, int>>>}.
 */
public final class TabletPayload {

  /** ScyllaDB, docs/dev/protocol-extensions.md: its key among the custom payload. */
  public static final String KEY = "tablets-routing-v1";

  private static final int UUID_BYTES = 16;

  /** Each part of a tuple, and each element of a list, has its length before it. */
  private static final int TOKEN_BYTES = Integer.BYTES + Long.BYTES;

  private static final int REPLICA_BYTES =
      Integer.BYTES + UUID_BYTES + Integer.BYTES + Integer.BYTES;

  /** The longest that is read: with as many replicas as may be. */
  public static final int MAX_BYTES =
      2 * TOKEN_BYTES + 2 * Integer.BYTES + Tablet.MAX_REPLICAS * (Integer.BYTES + REPLICA_BYTES);

  private TabletPayload() {}

  /**
   * Returns the tablet that a payload describes.
   *
   * @param topology knows how many shards nodes have; a replica that it does not have may be a node
   *     that has just joined
   * @throws ProtocolViolation when it is malformed, or says what cannot be
   */
  public static Tablet read(byte[] payload, Topology topology) {
    BodyReader in = new BodyReader(payload, 0, payload.length, KEY);
    requireLength(in, Long.BYTES, "first token");
    long first = in.readLong("first token");
    requireLength(in, Long.BYTES, "last token");
    long last = in.readLong("last token");
    if (last <= first) {
      throw in.violation("last token", "%s is not behind the first, %s".formatted(last, first));
    }
    requireLength(in, in.remaining() - Integer.BYTES, "replicas");
    int count = in.readCount(Integer.BYTES + REPLICA_BYTES, "number of replicas");
    if (count < 1 || count > Tablet.MAX_REPLICAS) {
      throw in.violation(
          "number of replicas", "it is %s, not 1 to %s".formatted(count, Tablet.MAX_REPLICAS));
    }
    UUID[] hosts = new UUID[count];
    int[] shards = new int[count];
    for (int i = 0; i < count; i++) {
      requireLength(in, REPLICA_BYTES, "replica");
      requireLength(in, UUID_BYTES, "host id");
      hosts[i] = host(in, hosts, i, topology);
      requireLength(in, Integer.BYTES, "shard");
      shards[i] = shard(in, topology.node(hosts[i]));
    }
    in.requireEnd();
    return new Tablet(first, last, hosts, shards);
  }

  /** One object serves for all tablets of a node. */
  private static UUID host(BodyReader in, UUID[] before, int count, Topology topology) {
    UUID host = in.readUuid("host id");
    for (int i = 0; i < count; i++) {
      if (before[i].equals(host)) {
        throw in.violation("host id", host + " is named twice");
      }
    }
    Node node = topology.node(host);
    return node == null ? host : Objects.requireNonNull(node.hostId());
  }

  private static int shard(BodyReader in, @Nullable Node node) {
    int shard = in.readInt("shard");
    Sharding sharding = node == null ? null : node.sharding();
    int shards = sharding == null ? Sharding.MAX_SHARDS : sharding.shards();
    if (shard < 0 || shard >= shards) {
      throw in.violation("shard", "it is %s, not 0 to below %s".formatted(shard, shards));
    }
    return shard;
  }

  private static void requireLength(BodyReader in, int expected, String what) {
    int length = in.readInt("length of the " + what);
    if (length != expected) {
      throw in.violation(what, "it has %s bytes, not %s".formatted(length, expected));
    }
  }
}
