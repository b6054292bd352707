package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static cqloop.testkit.fake.Conditions.opcode;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.metadata.Murmur3Token;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.NodeInfo;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * A session on 200 scripted nodes with 256 tokens each in three data centres, from the first
 * connection on: S15 on the scale of a normal run. That no step of it is long is shown by {@code
 * RingMergeTest} and {@code SchemaStepsTest}, which count work instead of time; a thousand nodes
 * are measured by {@code benchmarks/scale.sh}.
 */
class LargeClusterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int[] NODES = {70, 65, 65};
  private static final int TOKENS = 256;
  private static final int RACKS = 5;
  private static final int REPLICAS = 3;
  private static final int KEYS = 200;
  private static final String READ = "SELECT v FROM ks.t WHERE k = ?";

  @Test
  void isReadWholeAndEveryKeyGoesToAReplicaOfTheLocalDatacenter() {
    Vertx servers = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    FakeCluster cluster = Awaits.get(FakeCluster.start(servers, places()));
    cluster.each(LargeClusterTest::script);
    AtomicBoolean ringKnown = new AtomicBoolean(true);
    CqlSession session =
        Awaits.get(
            CqlSession.connect(vertx, options(cluster))
                // On the only event loop, on which the ring is put in order besides.
                .onSuccess(opened -> ringKnown.set(opened.tokenMap() != null)));

    assertThat(ringKnown).as("opening waits for the ring").isFalse();
    // Answered before most of the pools are open.
    PreparedStatement read = Awaits.get(session.prepare(READ));
    Awaits.get(session.execute(read.bind(0)));
    Awaits.until("all nodes are known", PATIENCE, () -> session.topology().nodes().size() == 200);
    Awaits.until("all local nodes are connected", PATIENCE, () -> up(session) == NODES[0]);

    Awaits.until("the ring is known", PATIENCE, () -> session.tokenMap() != null);
    assertThat(session.tokenMap().ranges()).hasSize(200 * TOKENS);

    TreeMap<Long, NodeInfo> ring = ring(cluster);
    assertThat(ring).hasSize(200 * TOKENS);
    for (int key = 0; key < KEYS; key++) {
      RowSet rows = Awaits.get(session.execute(read.bind(key)));
      long token = ((Murmur3Token) session.tokenMap().token(read.bind(key))).value();
      assertThat(replicas(ring, token))
          .as("replicas of key %d", key)
          .hasSize(REPLICAS)
          .contains(rows.executionInfo().coordinator().endpoint());
    }
    for (FakeNode node : cluster.nodes().subList(NODES[0], cluster.nodes().size())) {
      assertThat(node.counters().totalConnections()).as("connections to remote nodes").isZero();
    }

    Awaits.get(session.close());
    Awaits.get(vertx.close());
    Awaits.get(cluster.close());
    Awaits.get(servers.close());
  }

  private static FakeClusterOptions places() {
    return new FakeClusterOptions()
        .addDatacenter("dc1", NODES[0], RACKS)
        .addDatacenter("dc2", NODES[1], RACKS)
        .addDatacenter("dc3", NODES[2], RACKS)
        .setTokensPerNode(TOKENS)
        .setFirstAddress("127.0.80.1");
  }

  private static CqlOptions options(FakeCluster cluster) {
    CqlOptions options = Fakes.options(cluster.node(0)).setLocalDatacenter("dc1");
    options
        .getConnection()
        .setConnectTimeout(Duration.ofSeconds(10))
        .setHandshakeTimeout(Duration.ofSeconds(10));
    return options;
  }

  private static void script(FakeNode node) {
    node.when(cqlContains("FROM system_schema.keyspaces"))
        .reply(
            Replies.rows()
                .column("keyspace_name", WireType.TEXT)
                .column("replication", WireType.map(WireType.TEXT, WireType.TEXT))
                .row(
                    "ks",
                    Map.of(
                        "class",
                        "org.apache.cassandra.locator.NetworkTopologyStrategy",
                        "dc1",
                        String.valueOf(REPLICAS),
                        "dc2",
                        "2")));
    node.declare(
        READ,
        Replies.prepared()
            .table("ks", "t")
            .variable("k", WireType.INT)
            .result("v", WireType.INT)
            .partitionKey(0));
    node.when(opcode(Opcode.EXECUTE)).reply(Replies.rows().column("v", WireType.INT).row(1));
  }

  private static TreeMap<Long, NodeInfo> ring(FakeCluster cluster) {
    TreeMap<Long, NodeInfo> ring = new TreeMap<>();
    for (FakeNode node : cluster.nodes()) {
      for (String token : node.info().tokens()) {
        ring.put(Long.parseLong(token), node.info());
      }
    }
    return ring;
  }

  /** There are more racks than replicas: those are the first nodes of the next three racks. */
  private static Set<String> replicas(TreeMap<Long, NodeInfo> ring, long token) {
    Set<String> racks = new HashSet<>();
    Set<String> replicas = new HashSet<>();
    Long at = ring.ceilingKey(token);
    while (replicas.size() < REPLICAS) {
      at = at == null ? ring.firstKey() : at;
      NodeInfo owner = ring.get(at);
      if (owner.datacenter().equals("dc1") && racks.add(owner.rack())) {
        replicas.add(owner.address().getHostString() + ":" + owner.address().getPort());
      }
      at = ring.higherKey(at);
    }
    return replicas;
  }

  private static int up(CqlSession session) {
    int up = 0;
    for (Node node : session.topology().nodes()) {
      up += node.state() == NodeState.UP ? 1 : 0;
    }
    return up;
  }
}
