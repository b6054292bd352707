package cqloop.netty.session;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static cqloop.testkit.fake.Conditions.opcode;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.ConnectionOptions;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.NodeInfo;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session on scripted nodes: discovery, events, and the way of the control connection. */
class ControlConnectionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Vertx vertx;
  private FakeCluster cluster;
  private CqlSession session;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    cluster = get(FakeCluster.start(vertx, new FakeClusterOptions().addDatacenter("dc1", 3, 2)));
  }

  @AfterEach
  void close() throws Exception {
    if (session != null) {
      get(session.close());
      until("no connection is left", () -> cluster.nodes().stream().allMatch(this::isAlone));
    }
    get(cluster.close());
    get(vertx.close());
  }

  @Test
  void findsNodesByTheNewerTableOfPeers() throws Exception {
    connect(0);

    assertThat(hostIds()).isEqualTo(hostIdsOf(cluster.nodes()));
    assertThat(cluster.node(0).requests(cqlContains("FROM system.peers_v2"))).isNotEmpty();
    assertThat(cluster.node(0).requests(cqlContains("FROM system.peers").and(v2().not())))
        .isEmpty();
    until("each node has a connection", () -> cluster.nodes().stream().noneMatch(this::isAlone));
  }

  @Test
  void findsNodesByTheOlderTableWhenTheNewerIsInvalid() throws Exception {
    cluster.each(node -> node.when(v2()).reply(Errors.error(Errors.INVALID, "unconfigured table")));
    connect(0);

    assertThat(hostIds()).isEqualTo(hostIdsOf(cluster.nodes()));
  }

  @Test
  void findsNodesByTheOlderTableWhenTheNewerIsAServerError() throws Exception {
    cluster.each(node -> node.when(v2()).reply(Errors.error(Errors.SERVER_ERROR, "unknown table")));
    connect(0);

    assertThat(hostIds()).isEqualTo(hostIdsOf(cluster.nodes()));
  }

  @Test
  void leavesOutRowsWithGapsItsOwnRowAndASecondRowOfOneHost() throws Exception {
    FakeNode asked = cluster.node(0);
    NodeInfo whole = cluster.node(1).info();
    NodeInfo other = cluster.node(2).info();
    asked.setPeers(
        List.of(
            asked.info(), whole, whole.withAddress(other.address()), other.withLocation("", "r")));
    connect(0);

    assertThat(session.topology().nodes())
        .extracting(Node::hostId)
        .containsExactlyInAnyOrder(asked.info().hostId(), whole.hostId());
    assertThat(session.topology().nodes()).extracting(Node::index).doesNotHaveDuplicates();
    assertThat(session.topology().ignoredRows()).as("its own is no fault").isEqualTo(2);

    asked.setPeers(List.of(whole));
    get(asked.pushEvent(Replies.topologyEvent("REMOVED_NODE", other.address())));
    until("the rows are in order", () -> session.topology().ignoredRows() == 0);
  }

  @Test
  void opensAndClosesPoolsAsNodesComeAndGo() throws Exception {
    connect(0);
    FakeNode added = get(cluster.addNode("dc1", "rack1", List.of("77")));
    until("the new node has a connection", () -> !isAlone(added));
    assertThat(hostIds()).contains(added.info().hostId());

    FakeNode removed = cluster.node(1);
    List<NodeInfo> rest = new ArrayList<>(cluster.node(0).peers());
    rest.removeIf(info -> info.hostId().equals(removed.info().hostId()));
    cluster.node(0).setPeers(rest);
    get(cluster.pushEvent(Replies.topologyEvent("REMOVED_NODE", removed.address())));

    until("the removed node is left alone", () -> isAlone(removed));
    assertThat(hostIds()).doesNotContain(removed.info().hostId());
  }

  @Test
  void knowsANodeThatMovedByItsHostId() throws Exception {
    connect(0);
    FakeNode before = cluster.node(2);
    UUID hostId = before.info().hostId();
    assertThat(node(hostId).schemaVersion()).isEqualTo(before.schemaVersion());
    int index = node(hostId).index();

    FakeNode moved = get(cluster.moveNode(before));

    until("the new address has a connection", () -> !isAlone(moved));
    assertThat(node(hostId).index()).isEqualTo(index);
    assertThat(node(hostId).address().port()).isEqualTo(moved.port());
    assertThat(session.topology().nodes()).hasSize(3);
  }

  @Test
  void believesConnectionsMoreThanAnEventThatSaysDown() throws Exception {
    connect(0);
    FakeNode node = cluster.node(1);
    until("the node has a connection", () -> !isAlone(node));
    get(cluster.pushEvent(Replies.statusEvent("DOWN", node.address())));

    get(node.awaitRequest(opcode(Opcode.OPTIONS)));
    assertThat(isAlone(node)).isFalse();
    assertThat(node.counters().totalConnections()).isEqualTo(1);
  }

  @Test
  void readsOnceForASwarmOfEvents() throws Exception {
    connect(0);
    FakeNode control = cluster.node(0);
    control.clearRequests();
    for (int i = 0; i < 10_000; i++) {
      control.pushEvent(Replies.schemaEvent("UPDATED", "TABLE", "ks", "t" + i));
    }
    get(control.awaitRequest(cqlContains("SELECT * FROM system.local")));
    get(control.pushEvent(Replies.schemaEvent("UPDATED", "TABLE", "ks", "last")));
    get(vertx.timer(1500, TimeUnit.MILLISECONDS));

    assertThat(control.requests(cqlContains("SELECT * FROM system.local"))).hasSizeBetween(1, 4);
    // The schema: each reading begins with its version.
    assertThat(control.requests(cqlContains("SELECT schema_version"))).hasSizeBetween(1, 4);
  }

  /**
   * How soon is measured in virtual time, by {@code ControlMoveTest}: here others use the cores.
   */
  @Test
  void movesToAnotherNodeAndNeverHasTwo() throws Exception {
    connect(0);
    for (int round = 0; round < 3; round++) {
      FakeNode holder = holders().get(0);
      get(holder.resetConnections());
      until("another node has the control connection", () -> holdersOtherThan(holder) == 1);
      assertThat(holders()).hasSize(1);
      until("it was read", () -> !holders().get(0).requests(v2()).isEmpty());
    }
  }

  @Test
  void goesOnToTheNextNodeWhenOneCannotBeFollowed() throws Exception {
    // Only the first node can be followed; the second refuses, the third hangs up.
    FakeNode first = cluster.node(0);
    cluster.node(1).when(opcode(Opcode.REGISTER)).reply(Errors.error(Errors.SERVER_ERROR, "no"));
    cluster.node(2).when(v2()).close();
    connect(1, 2, 0);

    until("the good node is followed", () -> holders().contains(first));
    assertThat(hostIds()).isEqualTo(hostIdsOf(cluster.nodes()));
  }

  @Test
  void comesBackAfterAllNodesWereDown() throws Exception {
    connect(0);
    for (FakeNode node : cluster.nodes()) {
      get(node.stop());
    }
    until("all are down", () -> holders().isEmpty());
    for (FakeNode node : cluster.nodes()) {
      get(node.resume());
    }
    until("one is followed again", () -> holders().size() == 1);
    until("all have connections", () -> cluster.nodes().stream().noneMatch(this::isAlone));
  }

  @Test
  void countsAContactPointOnceHoweverOftenItIsNamed() throws Exception {
    connect(0, 0, 1, 1);

    assertThat(hostIds()).isEqualTo(hostIdsOf(cluster.nodes()));
    until("all have connections", () -> cluster.nodes().stream().noneMatch(this::isAlone));
    assertThat(session.topology().nodes()).hasSize(3);
  }

  private void connect(int... points) throws Exception {
    CqlOptions options =
        new CqlOptions()
            .setLocalDatacenter("dc1")
            .setConnection(new ConnectionOptions().setRandomizeContactPoints(false));
    for (int point : points) {
      FakeNode node = cluster.node(point);
      options.addContactPoint(
          node.address().getAddress().getHostAddress() + ":" + node.address().getPort());
    }
    session = get(CqlSession.connect(vertx, options));
  }

  private static cqloop.testkit.fake.Condition v2() {
    return cqlContains("FROM system.peers_v2");
  }

  private boolean isAlone(FakeNode node) {
    return node.connections().isEmpty();
  }

  private List<FakeNode> holders() {
    List<FakeNode> holders = new ArrayList<>();
    for (FakeNode node : cluster.nodes()) {
      node.connections().stream()
          .filter(connection -> !connection.eventTypes().isEmpty())
          .forEach(connection -> holders.add(node));
    }
    return holders;
  }

  private long holdersOtherThan(FakeNode node) {
    return holders().stream().filter(holder -> holder != node).count();
  }

  private Node node(UUID hostId) {
    Topology topology = session.topology();
    Node node = topology.node(hostId);
    assertThat(node).isNotNull();
    return node;
  }

  private Set<UUID> hostIds() {
    return session.topology().nodes().stream().map(Node::hostId).collect(Collectors.toSet());
  }

  private static Set<UUID> hostIdsOf(List<FakeNode> nodes) {
    return nodes.stream().map(node -> node.info().hostId()).collect(Collectors.toSet());
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
  }
}
