package cqloop.netty.it;

import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Value. The ring as the nodes themselves tell it, read without the driver. */
final class RealRing {

  private final TreeMap<Long, CassandraNode> owners = new TreeMap<>();

  private RealRing() {}

  /** Asks every running node for its token; the nodes of the test kit have one each. */
  static RealRing of(CassandraCluster cluster) {
    RealRing ring = new RealRing();
    for (CassandraNode node : cluster.nodes()) {
      if (node.isRunning()) {
        // A set of one text: [int 1][int length][bytes].
        byte[] set = node.execute("SELECT tokens FROM system.local").get(0).get(0);
        String token = new String(set, 8, set.length - 8, StandardCharsets.US_ASCII);
        ring.owners.put(Long.parseLong(token), node);
      }
    }
    return ring;
  }

  /** Returns the first of these nodes from the owner of the token on around the ring. */
  CassandraNode first(long token, Predicate<CassandraNode> candidates) {
    List<CassandraNode> walk = new ArrayList<>(owners.tailMap(token, true).values());
    walk.addAll(owners.headMap(token, false).values());
    return walk.stream().filter(candidates).findFirst().orElseThrow();
  }
}
