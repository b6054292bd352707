package cqloop.netty.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Sharding;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.LearntTablet;
import cqloop.netty.cluster.Murmur3;
import cqloop.netty.cluster.Partitioner;
import cqloop.netty.cluster.Replication;
import cqloop.netty.cluster.TabletBytes;
import cqloop.netty.cluster.TabletMap;
import cqloop.netty.cluster.TabletPayload;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.sim.SimClient;
import cqloop.netty.sim.SimLoop;
import cqloop.netty.sim.SimNetwork;
import cqloop.netty.sim.SimWorld;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The nodes and the shard of a key, by ring and by tablet. */
class RoutingTest {

  private static final byte[] KEY = {0, 0, 0, 1};
  private static final long TOKEN = Murmur3.token(KEY, 0, KEY.length);
  private static final Sharding FOUR = new Sharding(4, 12);

  private final Node a = node(0);
  private final Node b = node(1);
  private final Node c = node(2);
  private final Topology topology = new Topology(1, "test", "", List.of(a, b, c));
  private SharedState shared;
  private Routing routing;

  @BeforeEach
  void start() {
    SimWorld world = new SimWorld(1);
    SimClient client =
        new SimClient(new SimNetwork(world, SimWorld.seconds(2)), new SimLoop(world));
    client.start(1);
    shared = client.shared();
    routing = client.engine().routing();
    shared.setCluster(state(TabletMap.NONE));
  }

  @Test
  void aKeyspaceWithoutTabletsGoesByTheRing() {
    shared.setCluster(state(tablet(TOKEN - 1, TOKEN)));
    route("old");
    assertThat(routing.isByTablet()).isFalse();
    assertThat(routing.replicas()).hasSize(1);
    assertThat(routing.shard(a, FOUR)).isEqualTo(FOUR.shardOf(TOKEN));
  }

  @Test
  void aTabletTellsNodesAndShards() {
    shared.setCluster(state(tablet(TOKEN - 1, TOKEN)));
    route("ks");
    assertThat(routing.replicas()).containsExactly(c, a);
    assertThat(routing.token()).isEqualTo(new Murmur3Token(TOKEN));
    assertThat(routing.shard(c, FOUR)).isEqualTo(3);
    assertThat(routing.shard(a, FOUR)).isEqualTo(1);
    assertThat(routing.shard(b, FOUR)).as("no replica").isEqualTo(-1);
  }

  @Test
  void withoutItsTabletNothingIsKnownOfAKey() {
    shared.setCluster(state(tablet(TOKEN, TOKEN + 1)));
    route("ks");
    assertThat(routing.isByTablet()).isTrue();
    assertThat(routing.replicas()).isEmpty();
    assertThat(routing.shard(a, FOUR)).isEqualTo(-1);
  }

  /** The node was started again with another number of them. */
  @Test
  void aShardThatANodeHasNoMoreIsNotAskedFor() {
    shared.setCluster(state(tablet(TOKEN - 1, TOKEN)));
    route("ks");
    assertThat(routing.shard(c, new Sharding(3, 12))).isEqualTo(-1);
    assertThat(routing.shard(a, new Sharding(3, 12))).isEqualTo(1);
  }

  @Test
  void nothingIsLeftOfTheRequestBefore() {
    shared.setCluster(state(tablet(TOKEN - 1, TOKEN)));
    route("ks");
    routing.keepFor(this);
    assertThat(routing.isKeptFor(this)).isTrue();
    routing.to("ks", Consistency.ONE);
    assertThat(routing.isKeptFor(this)).isFalse();
    assertThat(routing.isByTablet()).isFalse();
    assertThat(routing.replicas()).isEmpty();
    assertThat(routing.shard(c, FOUR)).isEqualTo(-1);

    routing.keepFor(this);
    routing.release();
    assertThat(routing.isKeptFor(this)).isFalse();
  }

  private void route(String keyspace) {
    ClusterState cluster = shared.cluster();
    routing.to(keyspace, Consistency.ONE);
    routing.byKey(cluster, cluster.ring(), KEY, 0, KEY.length);
    if (routing.isByTablet()) {
      routing.ofTable(cluster, "t");
    }
  }

  private TabletMap tablet(long first, long last) {
    byte[] payload = new TabletBytes(first, last).on(c.hostId(), 3).on(a.hostId(), 1).toBytes();
    return TabletMap.NONE.with(
        List.of(new LearntTablet("ks", "t", TabletPayload.read(payload, topology))));
  }

  private ClusterState state(TabletMap tablets) {
    Replication one = Replication.of(Map.of("class", "SimpleStrategy", "replication_factor", "1"));
    return new ClusterState(
        topology,
        TokenRing.of(Partitioner.MURMUR3, Map.of(b, List.of(new Murmur3Token(0)))),
        Map.of("ks", one, "old", one),
        tablets);
  }

  private static Node node(int index) {
    return new Node(
        index,
        new UUID(1, index),
        SocketAddress.inetSocketAddress(9042, "10.0.0." + index),
        "dc1",
        "rack1",
        "3.0.8",
        NodeState.UP);
  }
}
