package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.QueryTrace;
import cqloop.RowSet;
import cqloop.Statement;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CassandraNode;
import cqloop.testkit.ServerLine;
import cqloop.testkit.junit.CassandraClusterTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Three real nodes in two racks, under load, while they freeze, restart, come and go. Every request
 * is idempotent and asks for two of three replicas: none may fail.
 *
 * <p>{@code -Dcqloop.cluster.rounds=30} restarts the whole cluster so often instead of once.
 */
@CassandraClusterTest(
    layout = "dc1:r1,r2,r1",
    // 3.11 does not take the table option.
    lines = {"4.0", "4.1", "5.0", "6.0"},
    // As in production: a node knows the ring before it takes part, and announces its end.
    jvmFlags = {
      "-Dcassandra.load_ring_state=true",
      "-Dcassandra.shutdown_announce_in_ms=1000",
      "-Dcassandra.test.messagingService.nonGracefulShutdown=false"
    })
class ChangingClusterIT {

  private static final int ROUNDS = Integer.getInteger("cqloop.cluster.rounds", 1);
  private static final int KEYS = 40;
  private static final Duration ATTEMPT = Duration.ofSeconds(1);

  /** Bound of what takes milliseconds, on a machine that runs four servers besides. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Vertx vertx;
  private CqlSession session;
  private String keyspace;

  @BeforeEach
  void prepare(CassandraCluster cluster, @TestKeyspace String keyspace) {
    this.keyspace = keyspace;
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    // Servers give up a read at QUORUM when one of two replicas fails, unless they ask all three.
    cluster
        .node(0)
        .execute(
            "CREATE TABLE IF NOT EXISTS %s.t (k int PRIMARY KEY, v int)".formatted(keyspace)
                + " WITH speculative_retry = 'ALWAYS'");
    cluster.awaitAgreement();
  }

  private void connect(CassandraCluster cluster, PolicyOptions loadBalancing) {
    CqlOptions options =
        new CqlOptions().addContactPoint(endpoint(cluster.node(0))).setLocalDatacenter("dc1");
    options
        .getConnection()
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 200)));
    options
        .getDefaultProfile()
        .setRequestTimeout(Duration.ofSeconds(25))
        .setAttemptTimeout(ATTEMPT)
        .setLoadBalancing(loadBalancing);
    options
        .getRequest()
        .setTraceMaxWait(Duration.ofSeconds(10))
        .setTraceRetryWait(Duration.ofMillis(20))
        .setTraceConsistency(Consistency.ALL);
    session = Awaits.get(CqlSession.connect(vertx, options));
    awaitStates(cluster);
  }

  private SteadyLoad load(CassandraCluster cluster) {
    connect(cluster, new PolicyOptions("default"));
    return new SteadyLoad(vertx, session, keyspace + ".t").start();
  }

  @AfterEach
  void close() {
    // With its session, if the test came so far.
    Awaits.get(vertx.close());
  }

  /** A coordinator that has to ask another node says so in its trace: these have not. */
  @Test
  void everyKeyGoesToItsReplicaInTheLocalRack(CassandraCluster cluster) {
    JsonObject rack = new JsonObject().put("localRack", "r1");
    connect(cluster, new PolicyOptions("default").setConfig(rack));
    set("CREATE KEYSPACE two WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 2}");
    set("CREATE TABLE two.t (k int PRIMARY KEY, v int) WITH speculative_retry = 'NEVER'");
    RealRing ring = RealRing.of(cluster);
    PreparedStatement read = Awaits.get(session.prepare("SELECT v FROM two.t WHERE k = ?"));
    PreparedStatement place = Awaits.get(session.prepare("SELECT token(k) FROM two.t WHERE k = ?"));
    PreparedStatement write = Awaits.get(session.prepare("INSERT INTO two.t (k, v) VALUES (?, 1)"));
    awaitRouted(read);

    Set<String> coordinators = new HashSet<>();
    CassandraNode other = cluster.node(1);
    for (int k = 0; k < KEYS; k++) {
      Awaits.get(session.execute(write.bind(k).withConsistency(Consistency.ALL)));
      long token = Awaits.get(session.execute(place.bind(k))).first().getLong(0);
      CassandraNode expected = ring.first(token, node -> node.rack().equals("r1"));
      RowSet rows = Awaits.get(session.execute(read.bind(k).withTracing(true)));

      Node coordinator = rows.executionInfo().coordinator();
      assertThat(coordinator.endpoint())
          .as("coordinator of key %d", k)
          .isEqualTo(endpoint(expected));
      QueryTrace trace = Awaits.get(session.queryTrace(rows.executionInfo().tracingId()));
      assertThat(trace.coordinator().getHostAddress()).isEqualTo(expected.host());
      assertThat(sources(trace)).as("nodes that key %d took", k).containsExactly(expected.host());
      coordinators.add(coordinator.endpoint());
      other = ring.first(token, node -> node != expected && node.rack().equals("r1"));
    }
    assertThat(coordinators).as("the nodes of the local rack").hasSize(2);

    // That a trace does tell: a node that is no replica of the last key has to ask one.
    String stranger = endpoint(other);
    Awaits.until(
        "a trace shows two nodes",
        PATIENCE,
        () -> sources(trace(read.bind(KEYS - 1).withTracing(true).withNode(stranger))).size() > 1);
  }

  /**
   * Fault scenario A2: the data node that has the control connection freezes, and thaws. Meanwhile
   * the nodes that are left agree on a change of the schema (B7).
   */
  @Test
  void aNodeThatFreezesIsLeftOutAndComesBack(CassandraCluster cluster) {
    CassandraNode frozen = cluster.node(0);
    String endpoint = endpoint(frozen);
    SteadyLoad load = load(cluster);
    awaitServedBy(load, frozen);
    frozen.pause();
    try {
      long began = System.nanoTime();
      Awaits.until("the frozen node is known as down", PATIENCE, () -> isDown(endpoint));
      // The first attempt that is given up leads to a probe with a limit of one second.
      Duration detected = Duration.ofNanos(System.nanoTime() - began);
      assertThat(detected).isLessThan(ATTEMPT.plusSeconds(1).plusSeconds(4));
      int before = load.served(endpoint);
      int answered = load.answered();
      Awaits.until("others serve", PATIENCE, () -> load.answered() > answered + 200);
      assertThat(load.served(endpoint)).as("requests it served while down").isEqualTo(before);
      if (!cluster.line().atLeast(ServerLine.V6_0)) {
        // Of 6.0 the frozen node is the one that keeps the schema.
        set("CREATE TABLE " + keyspace + ".meanwhile (k int PRIMARY KEY)");
      }
    } finally {
      frozen.resume();
    }
    awaitServedBy(load, frozen);
    load.stopWithoutFailure();
    awaitStates(cluster);
  }

  /** Fault scenario A20. Each node in turn announces its end, is gone, and starts again. */
  @Test
  void aRollingRestartIsNotSeen(CassandraCluster cluster) {
    SteadyLoad load = load(cluster);
    for (int round = 0; round < ROUNDS; round++) {
      for (CassandraNode node : cluster.nodes().subList(0, 3)) {
        node.restart();
        awaitStates(cluster);
        awaitServedBy(load, node);
        awaitMembersUp(cluster);
      }
    }
    load.stopWithoutFailure();
  }

  /** Fault scenario A14, with a node that joins before. */
  @Test
  void aNodeThatJoinsIsUsedAndOneThatLeavesIsForgotten(CassandraCluster cluster) {
    SteadyLoad load = load(cluster);
    CassandraNode joined = cluster.addNode("dc1", "r2");
    String endpoint = endpoint(joined);
    Awaits.until(
        "the new node is known", PATIENCE, () -> session.topology().node(endpoint) != null);
    assertThat(session.topology().node(endpoint).rack()).isEqualTo("r2");
    assertThat(session.topology().nodes()).hasSize(4);
    awaitServedBy(load, joined);

    joined.decommission();
    Awaits.until(
        "the node is forgotten", PATIENCE, () -> session.topology().node(endpoint) == null);
    int served = load.served(endpoint);
    int failed = load.failedAt(endpoint);
    int answered = load.answered();
    Awaits.until("others serve", PATIENCE, () -> load.answered() > answered + 200);
    assertThat(load.served(endpoint)).isEqualTo(served);
    assertThat(load.failedAt(endpoint)).isEqualTo(failed);
    if (cluster.line().atLeast(ServerLine.V6_0)) {
      load.stopWithoutFailure();
    } else {
      load.stopWithoutLoss();
    }
    cluster.awaitAgreement();
  }

  private void set(String cql) {
    assertThat(Awaits.get(session.execute(cql)).executionInfo().schemaInAgreement()).isTrue();
  }

  /** The replicas of a new keyspace are known when its first events have been gathered. */
  private void awaitRouted(PreparedStatement read) {
    Awaits.until(
        "the keyspace is routed",
        PATIENCE,
        () -> {
          Set<String> coordinators = new HashSet<>();
          for (int i = 0; i < 12; i++) {
            RowSet rows = Awaits.get(session.execute(read.bind(1)));
            coordinators.add(rows.executionInfo().coordinator().endpoint());
          }
          return coordinators.size() == 1;
        });
  }

  private QueryTrace trace(Statement<?> traced) {
    RowSet rows = Awaits.get(session.execute(traced));
    return Awaits.get(session.queryTrace(rows.executionInfo().tracingId()));
  }

  private static Set<String> sources(QueryTrace trace) {
    Set<String> sources = new HashSet<>();
    trace.events().forEach(event -> sources.add(event.source().getHostAddress()));
    return sources;
  }

  private boolean isDown(String endpoint) {
    Node node = session.topology().node(endpoint);
    return node != null && node.state() == NodeState.DOWN;
  }

  private void awaitStates(CassandraCluster cluster) {
    Awaits.until(
        "the session is connected to all nodes",
        PATIENCE,
        () ->
            session.topology().nodes().size() == cluster.contactPoints().size()
                && session.topology().nodes().stream().allMatch(n -> n.state() == NodeState.UP));
  }

  private static void awaitServedBy(SteadyLoad load, CassandraNode node) {
    int before = load.served(endpoint(node));
    Awaits.until(
        node + " serves requests", PATIENCE, () -> load.served(endpoint(node)) > before + 5);
  }

  /** The nodes learn by gossip who is back; a second one must not go before they have. */
  private void awaitMembersUp(CassandraCluster cluster) {
    PreparedStatement all =
        Awaits.get(session.prepare("SELECT v FROM " + keyspace + ".t WHERE k = ?"));
    for (String point : cluster.contactPoints()) {
      Awaits.served(
          PATIENCE,
          () -> session.execute(all.bind(1).withNode(point).withConsistency(Consistency.ALL)));
    }
  }

  private static String endpoint(CassandraNode node) {
    return node.host() + ":" + node.port();
  }
}
