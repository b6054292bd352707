package cqloop.netty.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.metadata.ByteOrderedToken;
import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Token;
import cqloop.metadata.TokenMap;
import cqloop.metadata.TokenRange;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.Partitioner;
import cqloop.netty.cluster.Replication;
import cqloop.netty.cluster.TabletMap;
import cqloop.netty.cluster.TokenRing;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokenMapImplTest {

  private final Node a = node(0, NodeState.UP);
  private final Node b = node(1, NodeState.UP);
  private final Node c = node(2, NodeState.UP);
  private final TokenMap map = map(state());

  @Test
  void rangesCoverTheRingOnce() {
    assertThat(map.ranges())
        .containsExactly(range(300, -100), range(-100, 0), range(0, 100), range(100, 300));
    for (long token : new long[] {Long.MIN_VALUE, -100, -99, 0, 1, 300, 301, Long.MAX_VALUE}) {
      assertThat(map.ranges())
          .filteredOn(range -> range.contains(new Murmur3Token(token)))
          .as("token %d", token)
          .hasSize(1);
    }
  }

  @Test
  void rangesOfANodeEndAtItsTokens() {
    assertThat(map.ranges(a)).containsExactly(range(300, -100), range(0, 100));
    assertThat(map.ranges(c)).containsExactly(range(100, 300));
    assertThat(map.ranges(node(7, NodeState.UP))).isEmpty();
  }

  @Test
  void rangesOfAKeyspaceAreThoseWithACopy() {
    // Two copies: the owner of the end and the next other node.
    assertThat(map.ranges("two", c)).containsExactly(range(0, 100), range(100, 300));
    assertThat(map.ranges("two", b)).containsExactly(range(300, -100), range(-100, 0));
    assertThat(map.ranges("none", c)).isEmpty();
  }

  @Test
  void replicasAreThoseOfTheFirstTokenNotBelow() {
    assertThat(map.replicas("two", new Murmur3Token(0))).containsExactly(b, a);
    assertThat(map.replicas("two", new Murmur3Token(1))).containsExactly(a, c);
    assertThat(map.replicas("two", new Murmur3Token(301))).containsExactly(a, b);
    assertThat(map.replicas("none", new Murmur3Token(0))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.replicas("two", ByteOrderedToken.of(new byte[1])))
        .withMessageContaining("Murmur3Token");
  }

  @Test
  void replicasAreInTheirPresentState() {
    ClusterState later = state().withNodes(List.of(a.withState(NodeState.DOWN), b, c));

    List<Node> replicas = map(later).replicas("two", new Murmur3Token(0));

    assertThat(replicas).extracting(Node::state).containsExactly(NodeState.UP, NodeState.DOWN);
  }

  @Test
  void tokensAreThoseOfThePartitioner() {
    // SELECT token(k) of Cassandra for the text "abc".
    assertThat(map.token(Buffer.buffer("abc"))).isEqualTo(new Murmur3Token(-5434086359492102041L));
  }

  @Test
  void aClusterOfOneNodeHasNoRing() {
    assertThat(TokenMapImpl.of(ClusterState.ofContactPoints(topology()))).isNull();
  }

  private ClusterState state() {
    Map<Node, List<Token>> tokens = new LinkedHashMap<>();
    tokens.put(a, List.of(new Murmur3Token(-100), new Murmur3Token(100)));
    tokens.put(b, List.of(new Murmur3Token(0)));
    tokens.put(c, List.of(new Murmur3Token(300)));
    Replication two =
        Replication.of(
            Map.of(
                "class", "org.apache.cassandra.locator.SimpleStrategy", "replication_factor", "2"));
    return new ClusterState(
        topology(), TokenRing.of(Partitioner.MURMUR3, tokens), Map.of("two", two), TabletMap.NONE);
  }

  private Topology topology() {
    return new Topology(1, "test", "", List.of(a, b, c));
  }

  private static TokenMap map(ClusterState state) {
    TokenMap made = TokenMapImpl.of(state);
    assertThat(made).isNotNull();
    return made;
  }

  private static TokenRange range(long start, long end) {
    return new TokenRange(new Murmur3Token(start), new Murmur3Token(end));
  }

  private static Node node(int index, NodeState state) {
    return new Node(
        index,
        new UUID(1, index),
        SocketAddress.inetSocketAddress(9042, "10.0.0." + index),
        "dc1",
        "rack1",
        "5.0.9",
        state);
  }
}
