package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BoundStatement;
import cqloop.Consistency;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.ProfileOptions;
import cqloop.QueryTrace;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.NoNodeAvailable;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.ServerLine;
import cqloop.testkit.junit.CassandraClusterTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Real nodes in two data centres, two in one and one in the other: who may serve requests, with the
 * local data centre there, lost, and back (fault scenario A21).
 */
@CassandraClusterTest(layout = "dc1:r1,r2;dc2:r1", crashSafe = true)
class TwoDatacentersIT {

  private static final int REQUESTS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Vertx vertx;
  private String table;

  @BeforeEach
  void prepare(CassandraCluster cluster, @TestKeyspace String keyspace) {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    table = keyspace + ".t";
    cluster.node(0).execute("CREATE TABLE IF NOT EXISTS " + table + " (k int PRIMARY KEY, v int)");
    cluster.awaitAgreement();
  }

  @AfterEach
  void close() {
    // With its sessions.
    Awaits.get(vertx.close());
  }

  @Test
  void nodesOfOtherDatacentersAreKnownAndNotUsed(CassandraCluster cluster) {
    CqlSession session = connect(cluster.node(0), "dc1", new JsonObject());
    Awaits.until("both local nodes are up", PATIENCE, () -> up(session).size() == 2);

    assertThat(session.topology().nodes()).extracting(Node::datacenter).contains("dc2");
    for (Consistency consistency : new Consistency[] {Consistency.LOCAL_QUORUM, Consistency.ONE}) {
      assertThat(datacenters(session, consistency)).containsExactly("dc1");
    }
    assertThat(up(session)).as("nodes with a connection").hasSize(2);
    assertThat(cluster.node(2).requests(marker(session))).isEmpty();
  }

  /**
   * Each key has one replica in each data centre; or two here, of which one is in the local rack.
   */
  @Test
  void everyKeyGoesToItsReplicaHereAndThatNodeAsksNobody(CassandraCluster cluster) {
    CqlSession session = connect(cluster.node(0), "dc1", new JsonObject().put("localRack", "r1"));
    Awaits.until("both local nodes are up", PATIENCE, () -> up(session).size() == 2);
    RealRing ring = RealRing.of(cluster);
    PreparedStatement one = prepare(session, cluster, "one_here", 1);
    PreparedStatement two = prepare(session, cluster, "two_here", 2);

    Set<CassandraNode> coordinators = new HashSet<>();
    for (int k = 0; k < REQUESTS; k++) {
      long token = Awaits.get(session.execute(one.bind(k))).first().getLong("t");
      CassandraNode replica = ring.first(token, node -> node.datacenter().equals("dc1"));
      coordinators.add(replica);
      assertServedBy(session, replica, one.bind(k));
      assertServedBy(session, cluster.node(0), two.bind(k));
    }
    assertThat(coordinators).as("replicas of the keys with one").hasSize(2);
  }

  private static PreparedStatement prepare(
      CqlSession session, CassandraCluster cluster, String keyspace, int replicasHere) {
    Awaits.get(
        session.execute(
            ("CREATE KEYSPACE %s WITH replication = {'class': 'NetworkTopologyStrategy',"
                    + " 'dc1': %s, 'dc2': 1}")
                .formatted(keyspace, replicasHere)));
    String name = keyspace + ".t";
    // 3.11 asks other nodes now and then, for the sake of repair.
    String alone =
        cluster.line().atLeast(ServerLine.V4_0) ? "" : " AND dclocal_read_repair_chance = 0";
    Awaits.get(
        session.execute(
            "CREATE TABLE %s (k int PRIMARY KEY) WITH speculative_retry = 'NONE'%s"
                .formatted(name, alone)));
    PreparedStatement write =
        Awaits.get(session.prepare("INSERT INTO " + name + " (k) VALUES (?)"));
    for (int k = 0; k < REQUESTS; k++) {
      Awaits.get(session.execute(write.bind(k).withConsistency(Consistency.ALL)));
    }
    PreparedStatement read =
        Awaits.get(session.prepare("SELECT token(k) AS t FROM " + name + " WHERE k = ?"));
    Awaits.until(
        "the keyspace is routed",
        PATIENCE,
        () -> session.replicas(read.bind(1)).size() == replicasHere + 1);
    return read;
  }

  /** By what the session tells, and by what the servers have traced. */
  private static void assertServedBy(CqlSession session, CassandraNode node, BoundStatement read) {
    RowSet rows =
        Awaits.get(session.execute(read.withTracing(true).withConsistency(Consistency.LOCAL_ONE)));
    assertThat(rows.executionInfo().coordinator().endpoint()).isEqualTo(endpoint(node));
    QueryTrace trace = Awaits.get(session.queryTrace(rows.executionInfo().tracingId()));
    assertThat(trace.coordinator().getHostAddress()).isEqualTo(node.host());
    assertThat(trace.events())
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.source().getHostAddress()).isEqualTo(node.host()));
  }

  @Test
  void listsOfProfilesDecideWhoServesAndWhoHasConnections(CassandraCluster cluster) {
    CqlOptions options =
        new CqlOptions().addContactPoint(endpoint(cluster.node(0))).setLocalDatacenter("dc1");
    options.getDefaultProfile().setDenyHosts(List.of(endpoint(cluster.node(1))));
    options.addProfile(
        "archive",
        new ProfileOptions()
            .setLoadBalancing(new PolicyOptions("round-robin"))
            .setAllowDatacenters(List.of("dc2")));
    CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
    CqlSession archive = session.withProfile("archive");
    Awaits.until("the node of the archive is up", PATIENCE, () -> isUp(session, cluster.node(2)));

    assertThat(coordinators(session, Consistency.ONE)).containsExactly(endpoint(cluster.node(0)));
    assertThat(coordinators(archive, Consistency.ONE)).containsExactly(endpoint(cluster.node(2)));
    assertThat(up(session)).as("nodes with a connection").hasSize(2);
    assertThat(cluster.node(1).requests(marker(session))).isEmpty();
  }

  @Test
  void theLossOfTheLocalDatacenterIsMetAsThePolicyAllows(CassandraCluster cluster) {
    CassandraNode local = cluster.node(2);
    JsonObject cap = new JsonObject().put("maxRemotePerDatacenter", 1);
    JsonObject open = cap.copy().put("allowRemoteForLocalConsistency", true);
    CqlSession closed = connect(local, "dc2", new JsonObject());
    CqlSession capped = connect(local, "dc2", cap);
    CqlSession opened = connect(local, "dc2", open);
    Awaits.until("one remote node has a connection", PATIENCE, () -> up(capped).size() == 2);
    Awaits.until("one remote node has a connection", PATIENCE, () -> up(opened).size() == 2);
    for (CqlSession session : new CqlSession[] {closed, capped, opened}) {
      assertThat(datacenters(session, Consistency.ONE)).containsExactly("dc2");
    }

    local.kill();
    awaitDown(local, closed, capped, opened);
    Awaits.failure(NoNodeAvailable.class, ask(closed, Consistency.ONE));
    Awaits.failure(NoNodeAvailable.class, ask(capped, Consistency.LOCAL_ONE));
    Awaits.failure(NoNodeAvailable.class, ask(capped, Consistency.LOCAL_QUORUM));
    assertThat(datacenters(capped, Consistency.ONE)).containsExactly("dc1");
    assertThat(coordinators(capped, Consistency.ONE)).as("the cap of one node").hasSize(1);
    assertThat(datacenters(opened, Consistency.LOCAL_ONE)).containsExactly("dc1");
    assertThat(up(capped)).as("nodes with a connection").hasSize(1);

    local.start();
    for (CqlSession session : new CqlSession[] {closed, capped, opened}) {
      Awaits.until("the local node is back", PATIENCE, () -> isUp(session, local));
      assertThat(datacenters(session, Consistency.ONE)).containsExactly("dc2");
    }
    cluster.awaitAgreement();
  }

  private CqlSession connect(CassandraNode first, String datacenter, JsonObject loadBalancing) {
    CqlOptions options =
        new CqlOptions().addContactPoint(endpoint(first)).setLocalDatacenter(datacenter);
    options
        .getConnection()
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 200)));
    options
        .getRequest()
        .setTraceMaxWait(Duration.ofSeconds(10))
        .setTraceRetryWait(Duration.ofMillis(20))
        .setTraceConsistency(Consistency.ALL);
    options
        .getDefaultProfile()
        .setLoadBalancing(new PolicyOptions("default").setConfig(loadBalancing));
    return Awaits.get(CqlSession.connect(vertx, options));
  }

  private Future<RowSet> ask(CqlSession session, Consistency consistency) {
    String cql = "SELECT v FROM %s WHERE k = 1 /* %s */".formatted(table, marker(session));
    return session.execute(
        SimpleStatement.of(cql).withIdempotent(true).withConsistency(consistency));
  }

  /** Tells the requests of this session from all others. */
  private static String marker(CqlSession session) {
    return session.clientId().toString();
  }

  private Set<String> datacenters(CqlSession session, Consistency consistency) {
    Set<String> datacenters = new HashSet<>();
    for (int i = 0; i < REQUESTS; i++) {
      RowSet rows = Awaits.get(ask(session, consistency));
      datacenters.add(rows.executionInfo().coordinator().datacenter());
    }
    return datacenters;
  }

  private Set<String> coordinators(CqlSession session, Consistency consistency) {
    Set<String> coordinators = new HashSet<>();
    for (int i = 0; i < REQUESTS; i++) {
      RowSet rows = Awaits.get(ask(session, consistency));
      coordinators.add(rows.executionInfo().coordinator().endpoint());
    }
    return coordinators;
  }

  private static void awaitDown(CassandraNode node, CqlSession... sessions) {
    for (CqlSession session : sessions) {
      Awaits.until("the loss is seen", PATIENCE, () -> !isUp(session, node));
    }
  }

  private static boolean isUp(CqlSession session, CassandraNode node) {
    return up(session).contains(endpoint(node));
  }

  private static Set<String> up(CqlSession session) {
    Set<String> up = new HashSet<>();
    for (Node node : session.topology().nodes()) {
      if (node.state() == NodeState.UP) {
        up.add(node.endpoint());
      }
    }
    return up;
  }

  private static String endpoint(CassandraNode node) {
    return node.host() + ":" + node.port();
  }
}
