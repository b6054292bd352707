package cqloop.netty.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Token;
import cqloop.metadata.Topology;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What stays of the ring and of the replicas when the cluster is read again. */
class ClusterStateTest {

  private static final Replication ONE = simple(1);
  private static final Replication TWO = simple(2);

  private final ClusterState before =
      state(List.of(node(0, "r1"), node(1, "r1")), 10, 20, Map.of("a", ONE, "b", TWO));

  private static Replication simple(int copies) {
    return Replication.of(Map.of("class", "SimpleStrategy", "replication_factor", "" + copies));
  }

  /**
   * A new snapshot of a node, as each reading makes one, with an id that is not the same object.
   */
  private static Node node(int index, String rack) {
    return new Node(
        index,
        new UUID(7, index),
        SocketAddress.inetSocketAddress(9042, "10.0.0." + (index + 1)),
        "dc1",
        rack,
        "5.0.9",
        NodeState.UP);
  }

  private static Topology topology(List<Node> nodes) {
    return new Topology(1, "c", "org.apache.cassandra.dht.Murmur3Partitioner", nodes);
  }

  private static TokenRing ring(List<Node> nodes, long first, long second) {
    Map<Node, List<Token>> tokens = new LinkedHashMap<>();
    tokens.put(nodes.get(0), List.of(new Murmur3Token(first)));
    tokens.put(nodes.get(1), List.of(new Murmur3Token(second)));
    return TokenRing.of(Partitioner.MURMUR3, tokens);
  }

  private static ClusterState state(
      List<Node> nodes, long first, long second, Map<String, Replication> keyspaces) {
    return new ClusterState(topology(nodes), ring(nodes, first, second), keyspaces, TabletMap.NONE);
  }

  private ClusterState next(
      List<Node> nodes, long first, long second, Map<String, Replication> keyspaces) {
    return before.next(topology(nodes), ring(nodes, first, second), keyspaces, TabletMap.NONE);
  }

  @Test
  void nothingIsComputedAgainWhenNothingHasChanged() {
    ClusterState after =
        next(List.of(node(0, "r1"), node(1, "r1")), 10, 20, Map.of("a", ONE, "b", TWO));
    assertThat(after.ring()).isSameAs(before.ring());
    assertThat(after.replicas("a")).isSameAs(before.replicas("a"));
    assertThat(after.replicas("b")).isSameAs(before.replicas("b"));
    assertThat(after.topology()).isNotSameAs(before.topology());
  }

  @Test
  void keyspacesThatChangeLeaveTheOthersAlone() {
    Map<String, Replication> keyspaces = new HashMap<>(Map.of("a", ONE, "b", ONE, "c", TWO));
    ClusterState after = next(List.of(node(0, "r1"), node(1, "r1")), 10, 20, keyspaces);
    assertThat(after.replicas("a")).isSameAs(before.replicas("a"));
    assertThat(after.replicas("b")).isSameAs(before.replicas("a"));
    assertThat(after.replicas("c")).isSameAs(before.replicas("b"));
    keyspaces.remove("a");
    assertThat(next(List.of(node(0, "r1"), node(1, "r1")), 10, 20, keyspaces).replicas("a"))
        .isNull();
  }

  @Test
  void aKeyspaceThatTurnsOutToHaveTabletsLeavesTheOthersAlone() {
    Tablet tablet = new Tablet(1, 2, new UUID[] {new UUID(7, 0)}, new int[] {0});
    ClusterState after =
        before.withTablets(TabletMap.NONE.with(List.of(new LearntTablet("b", "t", tablet))));
    assertThat(after.ring()).isSameAs(before.ring());
    assertThat(after.replicas("a")).isSameAs(before.replicas("a"));
    assertThat(after.replicas("b")).isNull();
    assertThat(after.withTablets(TabletMap.NONE).replicas("b").replicas(0)).hasSize(2);
  }

  @Test
  void aTokenThatMovesMakesAnotherRing() {
    ClusterState after =
        next(List.of(node(0, "r1"), node(1, "r1")), 10, 21, Map.of("a", ONE, "b", TWO));
    assertThat(after.ring()).isNotSameAs(before.ring());
    assertThat(after.replicas("a").replicas(0)).containsExactly(node(0, "r1"));
  }

  @Test
  void aTokenThatAnotherNodeTakesMakesAnotherRing() {
    ClusterState after =
        next(List.of(node(1, "r1"), node(0, "r1")), 10, 20, Map.of("a", ONE, "b", TWO));
    assertThat(after.ring()).isNotSameAs(before.ring());
    assertThat(after.replicas("a").replicas(0)).containsExactly(node(1, "r1"));
  }

  @Test
  void aNodeThatIsMovedToAnotherRackMakesOtherReplicas() {
    ClusterState after =
        next(List.of(node(0, "r1"), node(1, "r2")), 10, 20, Map.of("a", ONE, "b", TWO));
    assertThat(after.ring()).isNotSameAs(before.ring());
    assertThat(after.replicas("a")).isNotSameAs(before.replicas("a"));
  }

  @Test
  void aNodeThatComesOrGoesMakesOtherReplicas() {
    List<Node> more = List.of(node(0, "r1"), node(1, "r1"), node(2, "r1"));
    assertThat(next(more, 10, 20, Map.of("a", ONE)).ring()).isNotSameAs(before.ring());
    assertThat(before.next(topology(more), null, Map.of("a", ONE), TabletMap.NONE).ring()).isNull();
  }
}
