package cqloop.netty.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Token;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Replicas on random rings against the rule of Cassandra, put in other words. */
class RandomRingsTest {

  private static final int RINGS = 300;

  @Test
  void networkTopologyTakesTheFirstOfEachRackAndFillsUpWithTheFirstOthers() {
    for (int seed = 0; seed < RINGS; seed++) {
      Random random = new Random(seed);
      TreeMap<Long, Node> byToken = new TreeMap<>();
      List<Node> nodes = new ArrayList<>();
      Map<Node, List<Token>> tokens = ring(random, nodes, byToken);
      int copies = 1 + random.nextInt(5);
      TokenRing ring = TokenRing.of(Partitioner.MURMUR3, tokens);
      Replication replication =
          Replication.of(Map.of("class", "NetworkTopologyStrategy", "dc0", "" + copies));
      ReplicaTable table = new ReplicaTable(ring, replication, nodes);
      for (int i = 0; i < 20; i++) {
        long token = random.nextLong();
        List<Node> replicas = table.replicas(ring.positionOf(token));
        assertThat(replicas)
            .as("seed %d, token %d, %d copies", seed, token, copies)
            .containsExactlyInAnyOrderElementsOf(expected(byToken, token, copies));
      }
    }
  }

  private static Map<Node, List<Token>> ring(
      Random random, List<Node> nodes, TreeMap<Long, Node> byToken) {
    Map<Node, List<Token>> tokens = new LinkedHashMap<>();
    int size = 1 + random.nextInt(12);
    int racks = 1 + random.nextInt(4);
    for (int i = 0; i < size; i++) {
      Node node =
          new Node(
              i,
              new UUID(1, i),
              SocketAddress.inetSocketAddress(9042, "10.0.0." + i),
              "dc" + random.nextInt(2),
              "rack" + random.nextInt(racks),
              "5.0.9",
              NodeState.UP);
      nodes.add(node);
      List<Token> own = new ArrayList<>();
      for (int t = 0; t <= random.nextInt(8); t++) {
        long token = random.nextLong();
        own.add(new Murmur3Token(token));
        byToken.put(token, node);
      }
      tokens.put(node, own);
    }
    return tokens;
  }

  private static Set<Node> expected(TreeMap<Long, Node> byToken, long token, int copies) {
    List<Node> walk = new ArrayList<>(byToken.tailMap(token, true).values());
    walk.addAll(byToken.headMap(token, false).values());
    walk.removeIf(node -> !node.datacenter().equals("dc0"));
    Set<Node> chosen = new HashSet<>();
    Set<String> racks = new HashSet<>();
    for (Node node : walk) {
      if (chosen.size() < copies && racks.add(node.rack())) {
        chosen.add(node);
      }
    }
    for (Node node : walk) {
      if (chosen.size() < copies) {
        chosen.add(node);
      }
    }
    return chosen;
  }
}
