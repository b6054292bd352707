package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.metadata.Node;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.RowsReply;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A15: rows of system tables that no honest server writes. */
class SystemRowsIT {

  private static final WireType TEXT_SET = WireType.set(WireType.TEXT);

  private final List<CqlSession> sessions = new ArrayList<>();
  private Vertx vertx;
  private FakeCluster cluster;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  }

  @AfterEach
  void stop() {
    sessions.forEach(session -> Awaits.get(session.close()));
    Awaits.get(cluster.close());
    Awaits.get(vertx.close());
  }

  @Test
  void damagedTokensCostTheirOwnRangesOnly() {
    cluster(new FakeClusterOptions());
    FakeNode asked = cluster.node(0);
    FakeNode damaged = cluster.node(1);
    asked.setPeers(
        List.of(
            damaged.info().withTokens(List.of("", "abc", "9223372036854775808", "17")),
            cluster.node(2).info()));
    CqlSession session = connect();

    assertThat(session.topology().nodes()).hasSize(3);
    assertThat(session.tokenMap()).isNotNull();
    assertThat(session.tokenMap().ranges(node(session, damaged))).hasSize(1);
    Awaits.get(session.execute("SELECT v FROM t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.example.OwnPartitioner", "Murmur3Partitioner", "", "."})
  void withAPartitionerThatIsNotKnownThereIsNoTokenMap(String partitioner) {
    cluster(
        new FakeClusterOptions().setNodeOptions(options -> options.setPartitioner(partitioner)));
    CqlSession session = connect();

    assertThat(session.topology().nodes()).hasSize(3);
    assertThat(session.tokenMap()).isNull();
    Awaits.get(session.execute("SELECT v FROM t"));
  }

  @Test
  void tokensOfAnotherPartitionerAreLeftOut() {
    cluster(
        new FakeClusterOptions()
            .setNodeOptions(
                options ->
                    options.setPartitioner("org.apache.cassandra.dht.ByteOrderedPartitioner")));
    cluster.each(node -> node.setInfo(node.info().withTokens(List.of("-12"))));
    cluster.describePeers();
    CqlSession session = connect();

    assertThat(session.topology().nodes()).hasSize(3);
    Awaits.get(session.execute("SELECT v FROM t"));
  }

  @Test
  void rowsWithDamagedValuesAreLeftOutAndTheOthersAreRead() {
    cluster(new FakeClusterOptions());
    FakeNode good = cluster.node(1);
    byte[] damaged = {1, 2, 3};
    UUID host = UUID.randomUUID();
    InetAddress address = good.address().getAddress();
    cluster
        .node(0)
        .when(cqlContains("FROM system.peers_v2"))
        .reply(
            peers()
                .row(damaged, address, 9042, "dc1", "r", host, Set.of("5"))
                .row(host, damaged, 9042, "dc1", "r", host, Set.of("5"))
                .row(host, address, damaged, "dc1", "r", host, Set.of("5"))
                .row(host, address, 9042, "dc1", "r", damaged, Set.of("5"))
                .row(host, address, 9042, "dc1", "r", host, damaged)
                .row(null, null, null, null, null, null, null)
                .row(good.info().hostId(), address, good.port(), "dc1", "r", host, Set.of("5")));
    CqlSession session = connect();

    assertThat(session.topology().nodes())
        .extracting(Node::hostId)
        .containsExactlyInAnyOrder(cluster.node(0).info().hostId(), good.info().hostId());
    assertThat(session.topology().ignoredRows()).isEqualTo(6);
  }

  @Test
  void columnsOfOtherTypesLeaveTheNodeThatWasAsked() {
    cluster(new FakeClusterOptions());
    cluster
        .node(0)
        .when(cqlContains("FROM system.peers_v2"))
        .reply(
            Replies.rows()
                .table("system", "peers_v2")
                .column("host_id", WireType.TEXT)
                .column("native_address", WireType.INT)
                .column("tokens", WireType.BLOB)
                .row("x", 5, new byte[] {1}));
    CqlSession session = connect();

    assertThat(session.topology().nodes())
        .extracting(Node::hostId)
        .containsExactly(cluster.node(0).info().hostId());
    Awaits.get(session.execute("SELECT v FROM t"));
  }

  @Test
  void portsThatAreNoneGiveTheDefault() {
    cluster(new FakeClusterOptions());
    FakeNode good = cluster.node(1);
    UUID host = good.info().hostId();
    cluster
        .node(0)
        .when(cqlContains("FROM system.peers_v2"))
        .reply(
            peers().row(host, good.address().getAddress(), 70_000, "dc1", "r", host, Set.of("5")));
    CqlSession session = connect();

    assertThat(node(session, good).address().port()).isEqualTo(good.port());
  }

  private static RowsReply peers() {
    return Replies.rows()
        .table("system", "peers_v2")
        .column("host_id", WireType.UUID)
        .column("native_address", WireType.INET)
        .column("native_port", WireType.INT)
        .column("data_center", WireType.TEXT)
        .column("rack", WireType.TEXT)
        .column("schema_version", WireType.UUID)
        .column("tokens", TEXT_SET);
  }

  private void cluster(FakeClusterOptions options) {
    cluster = Awaits.get(FakeCluster.start(vertx, options.addDatacenter("dc1", 3, 1)));
  }

  private CqlSession connect() {
    CqlOptions options =
        Fakes.options(cluster.node(0)).setPort(cluster.port()).setLocalDatacenter("dc1");
    CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
    sessions.add(session);
    return session;
  }

  private static Node node(CqlSession session, FakeNode node) {
    Node found = session.topology().node(node.info().hostId());
    assertThat(found).isNotNull();
    return found;
  }
}
