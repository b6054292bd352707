package cqloop.bench.jmh;

import cqloop.Consistency;
import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Token;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.Murmur3;
import cqloop.netty.cluster.Partitioner;
import cqloop.netty.cluster.Replication;
import cqloop.netty.cluster.TabletMap;
import cqloop.netty.cluster.TokenRing;
import cqloop.netty.engine.EngineConfig;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.Routing;
import cqloop.netty.engine.SharedState;
import cqloop.netty.pool.ShardPortUse;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.testkit.tck.TckContext;
import io.netty.channel.DefaultEventLoop;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the partition key to the first node of the plan, each step by itself and all together. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingBench {
  private static final int TOKENS_PER_NODE = 16;
  private static final int KEYS = 1024;

  /** Size of the cluster: three racks, three copies. */
  @Param({"3", "1000"})
  public int nodes;

  /** 8 bytes are a bigint, 16 a uuid. */
  @Param({"8", "16", "100"})
  public int keyBytes;

  private final byte[][] keys = new byte[KEYS][];
  private final long[] hashes = new long[KEYS];
  private ClusterState state;
  private TokenRing ring;
  private Routing routing;
  private LoadBalancingPolicy policy;
  private int turn;

  /** For JMH, which calls {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public RoutingBench() {}

  /** Makes the cluster and the keys. */
  @Setup
  @SuppressWarnings("NullAway") // An engine that is never started opens no connection.
  public void prepare() {
    state = cluster();
    ring = Objects.requireNonNull(state.ring());
    SharedState shared = new SharedState(state.topology(), "ks");
    shared.setCluster(state);
    EngineConfig config =
        new EngineConfig(null, null, null, null, 1, 1, ShardPortUse.NONE, 1, 0, true);
    routing = new LoopEngine(new DefaultEventLoop(), config, shared, null).routing();
    policy = defaultPolicy();
    policy.onTopology(state.topology());
    Random random = new Random(7);
    for (int i = 0; i < KEYS; i++) {
      keys[i] = new byte[keyBytes];
      random.nextBytes(keys[i]);
      hashes[i] = Murmur3.token(keys[i], 0, keyBytes);
    }
  }

  /** The token of a key. */
  @Benchmark
  public long hash() {
    return Murmur3.token(nextKey(), 0, keyBytes);
  }

  /** The place of a token in the ring. */
  @Benchmark
  public int position() {
    turn = turn + 1 & KEYS - 1;
    return ring.positionOf(hashes[turn]);
  }

  /** The first node of the plan of the default policy, from the key. */
  @Benchmark
  public @Nullable Node plan() {
    byte[] key = nextKey();
    routing.to("ks", Consistency.LOCAL_QUORUM);
    routing.byKey(state, ring, key, 0, keyBytes);
    return policy.plan(routing).next();
  }

  /** The same without a key. */
  @Benchmark
  public @Nullable Node planWithoutKey() {
    return policy.plan(routing.to("ks", Consistency.LOCAL_QUORUM)).next();
  }

  private byte[] nextKey() {
    turn = turn + 1 & KEYS - 1;
    return keys[turn];
  }

  private static LoadBalancingPolicy defaultPolicy() {
    for (LoadBalancingProvider provider : ServiceLoader.load(LoadBalancingProvider.class)) {
      if (provider.name().equals("default")) {
        return provider.create(TckContext.create().withLocalDatacenter("dc1"));
      }
    }
    throw new IllegalStateException("cqloop-loadbalancing is not on the class path");
  }

  private ClusterState cluster() {
    Random random = new Random(nodes);
    List<Node> all = new ArrayList<>();
    Map<Node, List<Token>> tokens = new LinkedHashMap<>();
    for (int i = 0; i < nodes; i++) {
      String host = "10.0." + i / 250 + "." + (i % 250 + 1);
      Node node =
          new Node(
              i,
              new UUID(0, i),
              SocketAddress.inetSocketAddress(9042, host),
              "dc1",
              "r" + i % 3,
              "5.0.9",
              NodeState.UP);
      List<Token> owned = new ArrayList<>();
      for (int t = 0; t < TOKENS_PER_NODE; t++) {
        owned.add(new Murmur3Token(random.nextLong()));
      }
      all.add(node);
      tokens.put(node, owned);
    }
    Map<String, String> replication =
        Map.of("class", "org.apache.cassandra.locator.NetworkTopologyStrategy", "dc1", "3");
    return new ClusterState(
        new Topology(1, "large", "org.apache.cassandra.dht.Murmur3Partitioner", all),
        TokenRing.of(Partitioner.MURMUR3, tokens),
        Map.of("ks", Replication.of(replication)),
        TabletMap.NONE);
  }
}
