package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static cqloop.testkit.fake.Conditions.query;
import static cqloop.testkit.fake.Replies.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.ConnectionClosed;
import cqloop.error.CqlException;
import cqloop.error.NoNodeAvailable;
import cqloop.metadata.NodeState;
import cqloop.testkit.fake.Condition;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeConnection;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.NodeInfo;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session on three scripted nodes, of which one or another goes wrong. */
class ClusterFaultsTest {

  private static final Reply ROW = rows().column("v", WireType.INT).row(1);
  private static final SimpleStatement READ = SimpleStatement.of("read").withIdempotent(true);
  private static final int REQUESTS = 60;
  private static final long AN_HOUR = 3_600_000;

  private final FakeClusterSession client =
      new FakeClusterSession(
          2, new FakeClusterOptions().addDatacenter("dc1", 3, 1).setFirstAddress("127.0.75.1"));
  private final FakeCluster cluster = client.cluster();
  private CqlSession session;

  @BeforeEach
  void start() {
    cluster.each(node -> node.when(query("read")).reply(ROW));
  }

  @AfterEach
  void close() {
    client.close();
  }

  /**
   * Fault scenarios A2, A4, A5: requests arrive, nothing comes back. One loop finds out by a
   * request; the idle one and the control connection do not wait for their heartbeats.
   */
  @Test
  void aSilentNodeIsFoundOutByAllAtOnce() {
    connect(Fakes.options(cluster.node(0)));
    List<Context> loops = usedLoops();
    FakeNode silent = cluster.node(0);
    assertThat(isFollowedAt(silent)).isTrue();
    silent.onConnect(FakeConnection::mute);
    silent.connections().forEach(connection -> Awaits.get(connection.mute()));

    SimpleStatement pinned =
        READ.withIdempotent(false)
            .withTimeout(Duration.ofMillis(300))
            .withNode(Fakes.endpoint(silent));
    Throwable failure = Awaits.failure(on(loops.get(1), () -> session.execute(pinned)));

    assertThat(((CqlException) failure).mayHaveBeenExecuted()).isTrue();
    Awaits.until("all loops have lost it", Awaits.SOON, () -> isDown(silent));
    Awaits.until("another is followed", Awaits.SOON, () -> !isFollowedAt(silent) && isFollowed());
    for (Context loop : loops) {
      assertThat(coordinators(loop)).doesNotContain(Fakes.endpoint(silent));
    }
  }

  /** Fault scenario A3: slow is not down, and idempotent requests do not wait for it. */
  @Test
  void aSlowNodeStaysAndOthersAnswerForIt() {
    FakeNode slow = cluster.node(0);
    slow.clearRules();
    slow.when(query("read")).replyAfter(1_000, ROW);
    CqlOptions options = Fakes.options(cluster.node(0));
    options
        .getDefaultProfile()
        .setSpeculativeExecution(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 20)));
    connect(options);
    int connections = slow.counters().totalConnections();

    assertThat(coordinators(usedLoops().get(0))).doesNotContain(Fakes.endpoint(slow));
    assertThat(slow.requests(query("read"))).as("requests that met the slow node").isNotEmpty();
    assertThat(isDown(slow)).isFalse();
    assertThat(slow.counters().totalConnections()).isBetween(connections, connections + 1);
  }

  /** Fault scenario A7: the node will say nothing more, though it still reads. */
  @Test
  void aHalfClosedConnectionEndsItsRequests() {
    connect(Fakes.options(cluster.node(0)));
    FakeNode node = cluster.node(1);
    node.when(query("write")).drop();
    Future<RowSet> pending =
        session.execute(SimpleStatement.of("write").withNode(Fakes.endpoint(node)));
    Awaits.get(node.awaitRequest(query("write")));
    node.connections().forEach(FakeConnection::halfClose);

    ConnectionClosed failure = Awaits.failure(ConnectionClosed.class, pending);
    assertThat(failure.mayHaveBeenExecuted()).isTrue();
    assertThat(node.requests(query("write"))).hasSize(1);
    awaitAllUp();
  }

  /** Fault scenarios A17 and A22: what an event says is tried at once, whatever the schedule. */
  @Test
  void anEventThatSaysUpEndsTheWait() {
    connect(patient());
    FakeNode node = cluster.node(1);
    Awaits.get(node.stop());
    Awaits.until("its loss is seen", Awaits.SOON, () -> isDown(node));
    Awaits.get(cluster.pushEvent(Replies.statusEvent("UP", node.address())));
    Awaits.get(cluster.bringUp(node));

    awaitAllUp();
  }

  /**
   * Fault scenario A17: nobody can announce the end of this outage, and the schedules sleep. A
   * request that finds no node is answered soon after, and one success wakes all that wait.
   */
  @Test
  void aRequestThatFindsNoNodeEndsTheWait() {
    connect(patient());
    List<Context> loops = usedLoops();
    for (FakeNode node : cluster.nodes()) {
      Awaits.get(node.stop());
    }
    Awaits.until(
        "the loss is seen", Awaits.SOON, () -> cluster.nodes().stream().allMatch(this::isDown));
    Awaits.failure(NoNodeAvailable.class, session.execute(READ));
    long tried = System.nanoTime();
    for (FakeNode node : cluster.nodes()) {
      Awaits.get(node.resume());
    }

    Awaits.served(Awaits.SOON, () -> on(loops.get(0), () -> session.execute(READ)));
    assertThat(Duration.ofNanos(System.nanoTime() - tried)).isLessThan(Awaits.SOON);
    awaitAllUp();
    Awaits.until("a node is followed", Awaits.SOON, this::isFollowed);
    for (FakeNode node : cluster.nodes()) {
      Awaits.until(
          "every loop is connected again",
          Awaits.SOON,
          () ->
              node.connections().stream().filter(each -> each.eventTypes().isEmpty()).count() > 1);
    }
  }

  /** Fault scenario B4: the tables are read after the events are asked for, and once more. */
  @ParameterizedTest
  @ValueSource(strings = {"system.local", "system.peers_v2", "system_schema.keyspaces"})
  void aNodeThatComesWhileTheTablesAreReadIsNotMissed(String table) {
    FakeNode asked = cluster.node(0);
    NodeInfo late = cluster.node(2).info();
    List<NodeInfo> all = asked.peers();
    asked.setPeers(List.of(cluster.node(1).info()));
    asked
        .when(from(table))
        .once()
        .react(
            exchange ->
                exchange
                    .answerByDefault()
                    .onSuccess(sent -> asked.setPeers(all))
                    .compose(
                        sent ->
                            asked.pushEvent(Replies.topologyEvent("NEW_NODE", late.address()))));
    connect(Fakes.options(asked));

    awaitAllUp();
  }

  /** Fault scenario B5: neither is an answer, so neither harms a request or its connection. */
  @Test
  void eventsThatNobodyAskedForAreIgnored() {
    connect(Fakes.options(cluster.node(0)));
    usedLoops();
    FakeNode node = cluster.node(1);
    int connections = cluster.node(0).counters().totalConnections();
    Reply unknown = Replies.event("WEATHER_CHANGE", out -> out.writeString("RAIN"));
    for (FakeNode each : cluster.nodes()) {
      for (FakeConnection connection : each.connections()) {
        Awaits.get(connection.push(unknown));
        Awaits.get(connection.push(Replies.statusEvent("LOST", node.address())));
        Awaits.get(connection.push(Replies.topologyEvent("REMOVED_NODE", node.address())));
      }
    }
    for (FakeNode each : cluster.nodes()) {
      Awaits.get(session.execute(READ.withNode(Fakes.endpoint(each))));
    }
    assertThat(session.topology().nodes()).hasSize(3);
    assertThat(cluster.node(0).counters().totalConnections()).isEqualTo(connections);
  }

  /** Fault scenario B8: what was known stays until it can be read again. */
  @ParameterizedTest
  @ValueSource(strings = {"system.local", "system.peers", "system_schema.keyspaces"})
  void whatWasKnownOutlivesAReadingThatFails(String table) {
    connect(Fakes.options(cluster.node(0)));
    FakeNode added = Awaits.get(cluster.addNode("dc1", "rack1", List.of("77")));
    Awaits.until("it is known", Awaits.SOON, () -> session.topology().nodes().size() == 4);
    cluster.each(
        node -> node.when(from(table)).times(2).reply(Errors.error(Errors.OVERLOADED, "later")));

    Awaits.get(cluster.removeNode(added));
    cluster.each(each -> Awaits.get(session.execute(READ.withNode(Fakes.endpoint(each)))));
    Awaits.until(
        "it is read in the end",
        Duration.ofSeconds(15),
        () -> {
          assertThat(session.topology().nodes()).hasSizeBetween(3, 4);
          return session.topology().nodes().size() == 3;
        });
    Awaits.get(session.execute(READ));
  }

  /** Fault scenario A16: an address was given to a node of another cluster. */
  @Test
  void aNodeOfAnotherClusterIsNotFollowed() {
    connect(Fakes.options(cluster.node(0)));
    FakeNode good = cluster.node(0);
    Reply stranger =
        rows()
            .column("cluster_name", WireType.TEXT)
            .column("partitioner", WireType.TEXT)
            .row("another", "org.apache.cassandra.dht.Murmur3Partitioner");
    for (FakeNode other : cluster.nodes().subList(1, 3)) {
      other.when(from("system.local")).reply(stranger);
    }
    Awaits.get(good.resetConnections());
    for (FakeNode other : cluster.nodes().subList(1, 3)) {
      Awaits.get(other.awaitRequest(from("system.local")));
    }

    // The connection that was reset may still be known to its node for a moment.
    Awaits.until(
        "the good node is followed, and no other",
        Awaits.SOON,
        () ->
            isFollowedAt(good)
                && cluster.nodes().stream().filter(ClusterFaultsTest::isFollowedAt).count() == 1);
    assertThat(session.topology().clusterName()).isEqualTo("fake");
    assertThat(session.topology().nodes()).hasSize(3);
  }

  private void connect(CqlOptions options) {
    session = client.connect(options.setLocalDatacenter("dc1"));
    awaitAllUp();
  }

  /** Options of a session that waits for an hour between two tries, but after the first. */
  private CqlOptions patient() {
    CqlOptions options = Fakes.options(cluster.node(0));
    options
        .getConnection()
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", AN_HOUR)));
    return options;
  }

  private static Condition from(String table) {
    return cqlContains("FROM " + table);
  }

  /** Two loops with connections of their own: that of the session, and another. */
  private List<Context> usedLoops() {
    List<Context> loops = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Context loop = ((VertxInternal) client.vertx()).createEventLoopContext();
      loops.add(loop);
      for (FakeNode node : cluster.nodes()) {
        Awaits.served(
            Awaits.SOON,
            () -> on(loop, () -> session.execute(READ.withNode(Fakes.endpoint(node)))));
      }
    }
    return loops;
  }

  private List<String> coordinators(Context loop) {
    List<String> coordinators = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      RowSet rows = Awaits.get(on(loop, () -> session.execute(READ)));
      coordinators.add(rows.executionInfo().coordinator().endpoint());
    }
    return coordinators;
  }

  private static <T> Future<T> on(Context context, Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(turn -> action.get().onComplete(promise));
    return promise.future();
  }

  private void awaitAllUp() {
    client.awaitAllUp(Awaits.SOON);
  }

  private boolean isDown(FakeNode node) {
    return client.is(node, NodeState.DOWN);
  }

  private boolean isFollowed() {
    return cluster.nodes().stream().anyMatch(ClusterFaultsTest::isFollowedAt);
  }

  private static boolean isFollowedAt(FakeNode node) {
    return node.connections().stream().anyMatch(each -> !each.eventTypes().isEmpty());
  }
}
