package cqloop.testkit.scylla;

import cqloop.testkit.CassandraNode;
import cqloop.testkit.fake.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Value. What a front knows of its node, and of the ring as it was then.
 *
 * @param hostId of the node
 * @param ring the owner of each token
 * @param tokens of partition keys
 */
record NodeFacts(UUID hostId, NavigableMap<Long, UUID> ring, CassandraTokens tokens) {

  /** Asks the node; blocks. */
  static NodeFacts read(CassandraNode node) {
    NavigableMap<Long, UUID> ring = new TreeMap<>();
    UUID self = null;
    for (String table : List.of("system.local", "system.peers")) {
      for (List<byte @Nullable []> row : node.execute("SELECT host_id, tokens FROM " + table)) {
        UUID hostId = new WireReader(Objects.requireNonNull(row.get(0))).readUuid();
        self = self == null ? hostId : self;
        addTokens(ring, row.get(1), hostId);
      }
    }
    return new NodeFacts(Objects.requireNonNull(self), ring, CassandraTokens.of(node.line()));
  }

  /** Whether this node is the first replica of a token. */
  boolean owns(long token) {
    Map.Entry<Long, UUID> owner = ring.ceilingEntry(token);
    return hostId.equals((owner == null ? ring.firstEntry() : owner).getValue());
  }

  private static void addTokens(Map<Long, UUID> ring, byte @Nullable [] set, UUID hostId) {
    WireReader in = new WireReader(Objects.requireNonNull(set));
    for (int left = in.readInt(); left > 0; left--) {
      byte[] token = Objects.requireNonNull(in.readBytes());
      ring.put(Long.valueOf(new String(token, StandardCharsets.US_ASCII)), hostId);
    }
  }
}
