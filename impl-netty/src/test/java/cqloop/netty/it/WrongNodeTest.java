package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static cqloop.testkit.fake.Conditions.query;
import static cqloop.testkit.fake.Replies.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.SimpleStatement;
import cqloop.error.NoNodeAvailable;
import cqloop.error.WrongNode;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.testkit.fake.Condition;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.NodeInfo;
import cqloop.testkit.fake.WireType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fault scenarios A13 and A16: another node answers at an address than the cluster has told. */
class WrongNodeTest {

  private static final SimpleStatement READ = SimpleStatement.of("read").withIdempotent(true);
  private static final Condition READS = query("read");
  private static final Condition WHO = cqlContains("SELECT host_id, cluster_name FROM");
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final FakeClusterSession client =
      new FakeClusterSession(
          1, new FakeClusterOptions().addDatacenter("dc1", 3, 1).setFirstAddress("127.0.77.1"));
  private final FakeCluster cluster = client.cluster();
  private CqlSession session;

  @BeforeEach
  void start() {
    cluster.each(node -> node.when(READS).reply(rows().column("v", WireType.INT).row(1)));
  }

  @AfterEach
  void close() {
    client.close();
  }

  /** A13. The tables of the cluster follow later, and no event ever comes. */
  @Test
  void nodesThatChangePlacesGetNoRequestForTheOther() {
    connect(Fakes.options(cluster.node(0)));
    FakeNode one = cluster.node(1);
    FakeNode other = cluster.node(2);
    UUID first = one.info().hostId();
    swapHosts(one, other);
    client.awaitState(PATIENCE, one, NodeState.DOWN);
    client.awaitState(PATIENCE, other, NodeState.DOWN);
    int readings = cluster.node(0).requests(cqlContains("FROM system.peers_v2")).size();

    for (int i = 0; i < 30; i++) {
      Awaits.get(session.execute(READ));
    }
    WrongNode wrong = reasonOf(one);
    assertThat(wrong.node()).isEqualTo(Fakes.endpoint(one));
    assertThat(wrong.expectedHostId()).isEqualTo(first);
    assertThat(wrong.hostId()).isEqualTo(one.info().hostId()).isNotEqualTo(first);
    assertThat(one.requests(READS)).isEmpty();
    assertThat(other.requests(READS)).isEmpty();
    Awaits.until(
        "the cluster is read again",
        PATIENCE,
        () -> cluster.node(0).requests(cqlContains("FROM system.peers_v2")).size() > readings);

    cluster.describePeers();
    client.awaitAllUp(PATIENCE);
    assertThat(endpointOf(first)).isEqualTo(Fakes.endpoint(other));
    for (FakeNode node : cluster.nodes()) {
      Awaits.get(session.execute(READ.withNode(Fakes.endpoint(node))));
    }
  }

  /** A16. */
  @Test
  void aNodeOfAnotherClusterGetsNoRequest() {
    connect(Fakes.options(cluster.node(0)));
    FakeNode stranger = cluster.node(1);
    stranger
        .when(WHO)
        .reply(
            rows()
                .column("host_id", WireType.UUID)
                .column("cluster_name", WireType.TEXT)
                .row(stranger.info().hostId(), "another"));
    Awaits.get(stranger.resetConnections());
    Awaits.get(stranger.awaitRequest(WHO));
    client.awaitState(PATIENCE, stranger, NodeState.DOWN);

    for (int i = 0; i < 30; i++) {
      Awaits.get(session.execute(READ));
    }
    assertThat(reasonOf(stranger)).hasMessageContaining("cluster 'another', not 'fake'");
    assertThat(stranger.requests(READS)).isEmpty();
  }

  /** The host id of a contact point is known only when the cluster was read. */
  @Test
  void aContactPointThatIsAnotherNodeIsLeftOut() {
    FakeNode asked = cluster.node(0);
    FakeNode taken = cluster.node(1);
    NodeInfo former = taken.info().withHostId(UUID.randomUUID());
    asked.setPeers(List.of(former, cluster.node(2).info()));
    CqlOptions options = Fakes.options(asked, taken);
    options.getConnection().setRandomizeContactPoints(false);
    // It follows the node that takes the first connection: this one shall.
    taken.when(cqlContains("SELECT * FROM system.local")).drop();
    session = client.connect(options.setLocalDatacenter("dc1"));

    client.awaitState(PATIENCE, taken, NodeState.DOWN);
    for (int i = 0; i < 30; i++) {
      Awaits.get(session.execute(READ));
    }
    assertThat(taken.requests(READS)).isEmpty();
    assertThat(reasonOf(taken).expectedHostId()).isEqualTo(former.hostId());
  }

  @Test
  void nobodyIsAskedWhereAddressesStandForManyNodes() {
    CqlOptions options = Fakes.options(cluster.node(0));
    options.getConnection().setVerifyHostId(false);
    connect(options);
    FakeNode one = cluster.node(1);
    int before = one.counters().totalConnections();
    swapHosts(one, cluster.node(2));

    Awaits.until(
        "it is connected again", PATIENCE, () -> one.counters().totalConnections() > before);
    client.awaitAllUp(PATIENCE);
    Awaits.served(PATIENCE, () -> session.execute(READ.withNode(Fakes.endpoint(one))));
    cluster.each(node -> assertThat(node.requests(WHO)).isEmpty());
  }

  private void connect(CqlOptions options) {
    session = client.connect(options.setLocalDatacenter("dc1"));
    client.awaitAllUp(PATIENCE);
  }

  /** Each gets the identity of the other, but nobody tells the others. */
  private void swapHosts(FakeNode one, FakeNode other) {
    NodeInfo first = one.info();
    NodeInfo second = other.info();
    one.setInfo(second.withAddress(first.address()));
    other.setInfo(first.withAddress(second.address()));
    Awaits.get(one.resetConnections());
    Awaits.get(other.resetConnections());
  }

  private WrongNode reasonOf(FakeNode node) {
    Awaits.until("it is refused", PATIENCE, () -> reason(node) instanceof WrongNode);
    return (WrongNode) reason(node);
  }

  /** Why a request that must go to this node did not reach it. */
  private Throwable reason(FakeNode node) {
    Throwable failure =
        Awaits.outcome(session.execute(READ.withNode(Fakes.endpoint(node)))).cause();
    return failure instanceof NoNodeAvailable none
        ? none.reasons().get(Fakes.endpoint(node))
        : failure;
  }

  private String endpointOf(UUID host) {
    Node node = session.topology().node(host);
    return node == null ? "nowhere" : node.endpoint();
  }
}
