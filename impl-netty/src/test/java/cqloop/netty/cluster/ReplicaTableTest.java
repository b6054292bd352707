package cqloop.netty.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Token;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplicaTableTest {

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, List<Token>> tokens = new LinkedHashMap<>();

  private Node node(String datacenter, String rack, long... owned) {
    int index = nodes.size();
    Node node =
        new Node(
            index,
            new UUID(0, index),
            SocketAddress.inetSocketAddress(9042, "127.0.0." + (index + 1)),
            datacenter,
            rack,
            "5.0.9",
            NodeState.UP);
    nodes.add(node);
    List<Token> list = new ArrayList<>();
    for (long token : owned) {
      list.add(new Murmur3Token(token));
    }
    tokens.put(node, list);
    return node;
  }

  private List<Node> replicas(Map<String, String> options, long token) {
    TokenRing ring = TokenRing.of(Partitioner.MURMUR3, tokens);
    return new ReplicaTable(ring, Replication.of(options), nodes).replicas(ring.positionOf(token));
  }

  @Test
  void ownerIsTheFirstTokenThatIsNotBelow() {
    Node a = node("dc1", "r1", 10);
    Node b = node("dc1", "r1", 20);
    Map<String, String> one =
        Map.of("class", "org.apache.cassandra.locator.SimpleStrategy", "replication_factor", "1");

    assertThat(replicas(one, 10)).containsExactly(a);
    assertThat(replicas(one, 11)).containsExactly(b);
    assertThat(replicas(one, 20)).containsExactly(b);
    assertThat(replicas(one, 21)).containsExactly(a);
    assertThat(replicas(one, -5)).containsExactly(a);
  }

  @Test
  void simpleStrategyTakesTheNextDistinctNodes() {
    Node a = node("dc1", "r1", 10, 30);
    Node b = node("dc1", "r1", 20);
    Node c = node("dc1", "r1", 40);
    Map<String, String> two = Map.of("class", "SimpleStrategy", "replication_factor", "2");

    assertThat(replicas(two, 25)).containsExactly(a, c);
    assertThat(replicas(two, 15)).containsExactly(b, a);
    assertThat(replicas(Map.of("class", "SimpleStrategy", "replication_factor", "9"), 15))
        .containsExactly(b, a, c);
  }

  @Test
  void networkTopologyTakesEveryRackOnceBeforeAnyTwice() {
    Node a1 = node("dc1", "r1", 10);
    Node b1 = node("dc1", "r1", 20);
    Node c2 = node("dc1", "r2", 30);
    Node x = node("dc2", "r1", 15);
    String strategy = "org.apache.cassandra.locator.NetworkTopologyStrategy";

    assertThat(replicas(Map.of("class", strategy, "dc1", "2"), 5)).containsExactly(a1, c2);
    assertThat(replicas(Map.of("class", strategy, "dc1", "3"), 5)).containsExactly(a1, c2, b1);
    assertThat(replicas(Map.of("class", strategy, "dc1", "2", "dc2", "1"), 5))
        .containsExactly(a1, x, c2);
    assertThat(replicas(Map.of("class", strategy, "dc3", "3"), 5)).isEmpty();
  }

  @Test
  void transientReplicasDoNotCount() {
    Node a = node("dc1", "r1", 10);
    Node b = node("dc1", "r2", 20);
    node("dc1", "r3", 30);

    assertThat(replicas(Map.of("class", "NetworkTopologyStrategy", "dc1", "3/1"), 5))
        .containsExactly(a, b);
  }

  @Test
  void strategiesWithoutReplicasHaveNone() {
    node("dc1", "r1", 10);
    node("dc1", "r1", 20);

    assertThat(replicas(Map.of("class", "org.apache.cassandra.locator.LocalStrategy"), 5))
        .isEmpty();
    assertThat(replicas(Map.of("class", "com.example.Strange", "replication_factor", "2"), 5))
        .isEmpty();
    assertThat(replicas(Map.of("class", "EverywhereStrategy"), 5)).hasSize(2);
  }
}
