package cqloop.netty.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cqloop.Consistency;
import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Token;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.Partitioner;
import cqloop.netty.cluster.Replication;
import cqloop.netty.cluster.TabletMap;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.codec.Allocations;
import cqloop.netty.engine.EngineConfig;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.Routing;
import cqloop.netty.engine.SharedState;
import cqloop.netty.pool.ShardPortUse;
import cqloop.netty.sim.SimLoop;
import cqloop.netty.sim.SimWorld;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.QueryPlan;
import cqloop.testkit.tck.TckContext;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What it costs to choose a node does not grow with the cluster. */
class ClusterSizeTest {

  private static final int TOKENS_PER_NODE = 16;
  private static final int KEYS = 256;

  /** Of these a plan gives as many nodes as a request tries that fails twice. */
  private static final int TRIES = 3;

  private Node last;

  @Test
  void routingAndPlanOfAPreparedRequestAllocateTheSame() {
    double small = bytes(3, true);
    double large = bytes(1000, true);

    assertThat(large).as("bytes with 1000 nodes").isCloseTo(small, within(small * 0.05));
  }

  @Test
  void planWithoutAKeyAllocatesTheSame() {
    double small = bytes(3, false);
    double large = bytes(1000, false);

    assertThat(large).as("bytes with 1000 nodes").isCloseTo(small, within(small * 0.05));
  }

  private double bytes(int nodes, boolean keyed) {
    ClusterState state = cluster(nodes);
    SharedState shared = new SharedState(state.topology(), "ks");
    shared.setCluster(state);
    Routing routing = engine(shared).routing();
    LoadBalancingPolicy policy = defaultPolicy();
    policy.onTopology(state.topology());
    byte[][] keys = keys();
    int[] turn = {0};
    double bytes =
        Allocations.bytesPerRun(
            () -> {
              routing.to("ks", Consistency.LOCAL_QUORUM);
              if (keyed) {
                byte[] key = keys[turn[0]++ % KEYS];
                routing.byKey(state, state.ring(), key, 0, key.length);
              }
              QueryPlan plan = policy.plan(routing);
              for (int i = 0; i < TRIES; i++) {
                last = plan.next();
              }
            });
    assertThat(last).as("third node of a plan").isNotNull();
    return bytes;
  }

  /** An engine that was not started has no pools: every node is as busy as the other. */
  private static LoopEngine engine(SharedState shared) {
    SimLoop loop = new SimLoop(new SimWorld(1));
    EngineConfig config =
        new EngineConfig(null, null, null, null, 1, 1, ShardPortUse.NONE, 1, 0, true);
    return new LoopEngine(loop, config, shared, null);
  }

  private static LoadBalancingPolicy defaultPolicy() {
    for (LoadBalancingProvider provider : ServiceLoader.load(LoadBalancingProvider.class)) {
      if (provider.name().equals("default")) {
        return provider.create(TckContext.create().withLocalDatacenter("dc1"));
      }
    }
    throw new AssertionError("The module of the load balancing policies is not on the class path");
  }

  private static ClusterState cluster(int size) {
    Random random = new Random(size);
    List<Node> nodes = new ArrayList<>();
    Map<Node, List<Token>> tokens = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      Node node =
          new Node(
              i,
              new UUID(0, i),
              SocketAddress.inetSocketAddress(9042, "10.0." + i / 250 + "." + (i % 250 + 1)),
              "dc1",
              "r" + i % 3,
              "5.0.9",
              NodeState.UP);
      List<Token> owned = new ArrayList<>();
      for (int t = 0; t < TOKENS_PER_NODE; t++) {
        owned.add(new Murmur3Token(random.nextLong()));
      }
      nodes.add(node);
      tokens.put(node, owned);
    }
    Replication three =
        Replication.of(
            Map.of("class", "org.apache.cassandra.locator.NetworkTopologyStrategy", "dc1", "3"));
    return new ClusterState(
        new Topology(1, "large", "org.apache.cassandra.dht.Murmur3Partitioner", nodes),
        TokenRing.of(Partitioner.MURMUR3, tokens),
        Map.of("ks", three),
        TabletMap.NONE);
  }

  private static byte[][] keys() {
    Random random = new Random(7);
    byte[][] keys = new byte[KEYS][16];
    for (byte[] key : keys) {
      random.nextBytes(key);
    }
    return keys;
  }
}
