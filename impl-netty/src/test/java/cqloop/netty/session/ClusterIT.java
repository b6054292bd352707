package cqloop.netty.session;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.Batches;
import cqloop.BoundStatement;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.junit.CassandraClusterTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session on three real nodes in two racks: discovery, routing by token, loss and return. */
@CassandraClusterTest(layout = "dc1:r1,r2,r1")
class ClusterIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private Vertx vertx;
  private CqlSession session;

  @BeforeEach
  void connect(CassandraCluster cluster) throws Exception {
    vertx = Vertx.vertx();
    CassandraNode first = cluster.node(1);
    session =
        await(
            CqlSession.connect(
                vertx,
                new CqlOptions()
                    .addContactPoint(first.host() + ":" + first.port())
                    .setLocalDatacenter("dc1")));
  }

  @AfterEach
  void close() throws Exception {
    await(session.close());
    await(vertx.close());
  }

  @Test
  void findsEveryNodeSendsKeysToReplicasAndOutlivesTheLossOfANode(CassandraCluster cluster)
      throws Exception {
    Topology topology =
        await(
            nodes -> nodes.size() == 3 && nodes.stream().allMatch(n -> n.state() == NodeState.UP));
    assertThat(topology.clusterName()).isNotEmpty();
    assertThat(topology.partitioner()).endsWith("Murmur3Partitioner");
    assertThat(topology.nodes()).extracting(Node::datacenter).containsOnly("dc1");
    assertThat(topology.nodes()).extracting(Node::rack).containsExactlyInAnyOrder("r1", "r2", "r1");
    assertThat(topology.nodes())
        .extracting(Node::hostId)
        .doesNotContainNull()
        .doesNotHaveDuplicates();

    RowSet ddl =
        await(
            session.execute(
                "CREATE KEYSPACE one WITH replication ="
                    + " {'class': 'NetworkTopologyStrategy', 'dc1': 1}"));
    assertThat(ddl.executionInfo().schemaInAgreement()).isTrue();
    await(session.execute("CREATE TABLE one.t (k int PRIMARY KEY, v text)"));
    await(
        session.execute(
            "CREATE KEYSPACE three WITH replication ="
                + " {'class': 'NetworkTopologyStrategy', 'dc1': 3}"));
    await(session.execute("CREATE TABLE three.t (k int PRIMARY KEY, v text)"));

    sendsEachKeyToItsOnlyReplica(cluster);
    outlivesTheLossOfANode(cluster);
  }

  /** With one replica, a coordinator that is not it would have to ask it: its trace would tell. */
  private void sendsEachKeyToItsOnlyReplica(CassandraCluster cluster) throws Exception {
    PreparedStatement insert = await(session.prepare("INSERT INTO one.t (k, v) VALUES (?, ?)"));
    PreparedStatement owner = await(session.prepare("SELECT token(k) AS t FROM one.t WHERE k = ?"));
    // The new keyspace is known within the time in which events are gathered.
    awaitTrue(() -> keyspaceIsRouted(insert));

    Set<String> coordinators = new HashSet<>();
    for (int k = 0; k < 60; k++) {
      RowSet written = await(session.execute(insert.bind(k, "v" + k).withTracing(true)));
      String coordinator = written.executionInfo().coordinator().endpoint();
      coordinators.add(coordinator);
      long token = await(session.execute(owner.bind(k))).first().getLong("t");
      assertThat(coordinator).as("coordinator of key %d", k).isEqualTo(ownerOf(token, cluster));
      assertThat(session.replicas(insert.bind(k, "v")))
          .extracting(Node::endpoint)
          .containsExactly(coordinator);
    }
    assertThat(coordinators).hasSize(3);
    sendsEachPartOfASplitBatchToItsReplica(insert);
  }

  private void sendsEachPartOfASplitBatchToItsReplica(PreparedStatement insert) throws Exception {
    List<BoundStatement> writes = new ArrayList<>();
    for (int k = 0; k < 60; k++) {
      writes.add(insert.bind(k, "batch"));
    }
    List<BatchStatement> batches = Batches.split(session, writes);
    assertThat(batches).hasSize(3);
    for (BatchStatement batch : batches) {
      BoundStatement first = (BoundStatement) batch.statements().get(0);
      assertThat(await(session.execute(batch)).executionInfo().coordinator().endpoint())
          .isEqualTo(session.replicas(first).get(0).endpoint());
    }
    assertThat(
            await(session.execute("SELECT k FROM one.t WHERE v = 'batch' ALLOW FILTERING")).size())
        .isEqualTo(60);
  }

  private boolean keyspaceIsRouted(PreparedStatement insert) throws Exception {
    Set<String> coordinators = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      coordinators.add(
          await(session.execute(insert.bind(1, "v"))).executionInfo().coordinator().endpoint());
    }
    return coordinators.size() == 1;
  }

  /** The tokens that the nodes themselves name, read without the driver's ring. */
  private static String ownerOf(long token, CassandraCluster cluster) {
    String lowest = "";
    String owner = "";
    long lowestToken = Long.MAX_VALUE;
    long ownerToken = Long.MAX_VALUE;
    for (CassandraNode node : cluster.nodes()) {
      // A set of one text: [int 1][int length][bytes].
      byte[] set = node.execute("SELECT tokens FROM system.local").get(0).get(0);
      long own = Long.parseLong(new String(set, 8, set.length - 8, StandardCharsets.US_ASCII));
      if (own < lowestToken) {
        lowestToken = own;
        lowest = node.host() + ":" + node.port();
      }
      if (own >= token && own <= ownerToken) {
        ownerToken = own;
        owner = node.host() + ":" + node.port();
      }
    }
    return owner.isEmpty() ? lowest : owner;
  }

  private void outlivesTheLossOfANode(CassandraCluster cluster) throws Exception {
    PreparedStatement insert = await(session.prepare("INSERT INTO three.t (k, v) VALUES (?, ?)"));
    CassandraNode victim = cluster.node(1); // The one that has the control connection.
    String lost = victim.host() + ":" + victim.port();
    victim.kill();
    for (int k = 0; k < 200; k++) {
      await(
          session.execute(
              insert.bind(k, "v").withIdempotent(true).withConsistency(cqloop.Consistency.QUORUM)));
    }
    await(nodes -> stateOf(nodes, lost) == NodeState.DOWN);
    victim.start();
    await(nodes -> stateOf(nodes, lost) == NodeState.UP);
  }

  private static NodeState stateOf(List<Node> nodes, String endpoint) {
    return nodes.stream()
        .filter(node -> node.endpoint().equals(endpoint))
        .map(Node::state)
        .findFirst()
        .orElseThrow();
  }

  private Topology await(Predicate<List<Node>> condition) throws Exception {
    awaitTrue(() -> condition.test(session.topology().nodes()));
    return session.topology();
  }

  private void awaitTrue(java.util.concurrent.Callable<Boolean> condition) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("condition holds in time").isLessThan(until);
      await(vertx.timer(100, TimeUnit.MILLISECONDS));
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
