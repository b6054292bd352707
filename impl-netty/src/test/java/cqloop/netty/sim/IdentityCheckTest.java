package cqloop.netty.sim;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.TabletMap;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.WireType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What it costs to ask a connection which node it leads to, and how that ends; A13, A16. */
class IdentityCheckTest {

  private static final UUID HOST = new UUID(1, 2);
  private static final long LIMIT = SimWorld.seconds(5);

  private final SimCluster cluster = new SimCluster(1);

  @Test
  void costsOneRequestForEachConnection() {
    cluster.client().connectionsPerNode = 2;
    start();
    assertThat(cluster.count(Opcode.QUERY)).as("of the contact point").isEqualTo(2);
    cluster.then(0, answer(HOST)).then(0, answer(HOST));
    lose();

    assertThat(cluster.count(Opcode.QUERY)).isEqualTo(4);
    assertThat(cluster.client().engine().connections()).hasSize(2);
    assertThat(cluster.client().events()).doesNotContain("wrong 10.0.0.1:9042");
    cluster.closeAndCheck();
  }

  @Test
  void anotherHostIsToldOfAndTriedAgainBySchedule() {
    start();
    cluster.then(0, answer(new UUID(3, 4))).then(0, answer(HOST));
    lose();

    assertThat(cluster.client().engine().connections()).isEmpty();
    assertThat(cluster.client().events()).contains("wrong 10.0.0.1:9042");
    cluster.world().advance(SimWorld.seconds(1));
    assertThat(cluster.client().engine().connections()).hasSize(1);
    cluster.closeAndCheck();
  }

  @Test
  void aServerThatCannotTellIsTakenAsItIs() {
    start();
    cluster.then(0, Errors.error(Errors.INVALID, "unconfigured table local"));
    lose();
    assertThat(cluster.client().engine().connections()).hasSize(1);
    cluster.then(0, Errors.error(Errors.UNAUTHORIZED, "no SELECT on system.local"));
    lose();
    assertThat(cluster.client().engine().connections()).hasSize(1);
    cluster.then(0, answer(null));
    lose();
    assertThat(cluster.client().engine().connections()).hasSize(1);
    cluster.closeAndCheck();
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() {
    start();
    cluster.thenSilence(0);
    lose();
    cluster.world().advance(LIMIT - SimWorld.seconds(1));
    assertThat(cluster.network().links()).last().matches(SimLink::isClientOpen);
    assertThat(cluster.client().engine().connections()).isEmpty();
    cluster.then(0, answer(HOST));
    cluster.world().advance(SimWorld.seconds(3));

    assertThat(cluster.client().engine().connections()).hasSize(1);
    cluster.closeAndCheck();
  }

  @Test
  void closingGivesItUp() {
    start();
    cluster.thenSilence(0);
    lose();
    cluster.loop().run(cluster.client().engine()::closeNow);

    assertThat(cluster.network().links()).noneMatch(SimLink::isClientOpen);
    cluster.closeAndCheck();
  }

  @Test
  void isNotDoneWhereItIsSwitchedOff() {
    cluster.client().verifyHostId = false;
    start();
    lose();

    assertThat(cluster.client().engine().connections()).hasSize(1);
    assertThat(cluster.statements()).isEmpty();
    cluster.closeAndCheck();
  }

  /** Connects to a contact point, which is then known by its host id, and lives for a while. */
  private void start() {
    cluster.start();
    Node known = new Node(0, HOST, SimClient.address(0), "dc1", "r1", "5.0.9", NodeState.UNKNOWN);
    Topology topology = new Topology(2, "sim", "", List.of(known));
    cluster
        .client()
        .shared()
        .setCluster(new ClusterState(topology, null, Map.of(), TabletMap.NONE));
    cluster.loop().run(() -> cluster.client().engine().onTopology(topology));
    cluster.world().advance(SimWorld.seconds(2));
  }

  /** Long enough after the last time, so that it is connected again at once. */
  private void lose() {
    cluster.world().advance(SimWorld.seconds(2));
    cluster.server(0).hangUp(() -> true);
    cluster.soon();
  }

  private static Reply answer(UUID host) {
    return Replies.rows()
        .column("host_id", WireType.UUID)
        .column("cluster_name", WireType.TEXT)
        .row(host, "sim");
  }
}
