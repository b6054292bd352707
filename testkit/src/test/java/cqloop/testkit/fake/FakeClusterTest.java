package cqloop.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeClusterTest {
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() throws Exception {
    Waiting.get(vertx.close());
  }

  private FakeCluster cluster(FakeClusterOptions options) throws Exception {
    return Waiting.get(FakeCluster.start(vertx, options));
  }

  @Test
  void nodesDescribeEachOther() throws Exception {
    FakeCluster cluster =
        cluster(
            new FakeClusterOptions()
                .addDatacenter("east", 2, 2)
                .addDatacenter("west", 1, 1)
                .setTokensPerNode(2)
                .setNodeOptions(
                    options -> options.setInfo(info -> info.withReleaseVersion("4.1.3"))));
    assertThat(cluster.nodes()).hasSize(3);
    Set<String> tokens = new HashSet<>();
    cluster.each(node -> tokens.addAll(node.info().tokens()));
    assertThat(tokens)
        .containsExactlyInAnyOrder(
            "-9223372036854775808",
            "-6148914691236517206",
            "-3074457345618258603",
            "0",
            "3074457345618258602",
            "6148914691236517205");
    NodeInfo second = cluster.node(1).info();
    assertThat(second.datacenter()).isEqualTo("east");
    assertThat(second.rack()).isEqualTo("rack2");
    assertThat(second.releaseVersion()).isEqualTo("4.1.3");
    assertThat(second.address().getAddress().getHostAddress()).isEqualTo("127.0.64.2");
    assertThat(cluster.node(0).peers()).containsExactly(second, cluster.node(2).info());
    try (WireClient client = WireClient.ready(cluster.node(0), WireVersion.V4)) {
      client.query(1, "SELECT peer, native_port, data_center FROM system.peers_v2");
      WireReader rows = new WireReader(client.receive().body());
      assertThat(rows.readInt()).isEqualTo(2);
      assertThat(rows.readInt()).isEqualTo(1);
      assertThat(rows.readInt()).isEqualTo(3);
    }
    Waiting.get(cluster.close());
  }

  @Test
  void topologyChangesAreAnnouncedByEveryMember() throws Exception {
    FakeCluster cluster = cluster(new FakeClusterOptions().addDatacenter("dc1", 2, 1));
    try (WireClient client = listener(cluster.node(0))) {
      FakeNode third = Waiting.get(cluster.addNode("dc1", "rack1", List.of("42")));
      assertThat(event(client)).isEqualTo("TOPOLOGY_CHANGE NEW_NODE " + third.address());
      assertThat(event(client)).isEqualTo("STATUS_CHANGE UP " + third.address());
      assertThat(cluster.node(0).peers()).contains(third.info());

      FakeNode moved = Waiting.get(cluster.moveNode(third));
      assertThat(event(client)).isEqualTo("TOPOLOGY_CHANGE REMOVED_NODE " + third.address());
      assertThat(event(client)).isEqualTo("TOPOLOGY_CHANGE NEW_NODE " + moved.address());
      assertThat(event(client)).isEqualTo("STATUS_CHANGE UP " + moved.address());
      assertThat(moved.info().hostId()).isEqualTo(third.info().hostId());
      assertThat(moved.info().tokens()).containsExactly("42");
      assertThat(cluster.node(0).peers()).contains(moved.info()).doesNotContain(third.info());

      Waiting.get(cluster.takeDown(moved));
      assertThat(event(client)).isEqualTo("STATUS_CHANGE DOWN " + moved.address());
      assertThatThrownBy(() -> new WireClient(moved.address(), WireVersion.V4))
          .isInstanceOf(IOException.class);
      Waiting.get(cluster.bringUp(moved));
      assertThat(event(client)).isEqualTo("STATUS_CHANGE UP " + moved.address());
      WireClient.ready(moved, WireVersion.V4).close();

      UUID version = UUID.randomUUID();
      Waiting.get(
          cluster.changeSchema(version, Replies.schemaEvent("CREATED", "TABLE", "ks", "t")));
      WireReader change = new WireReader(client.receive().body());
      assertThat(change.readString()).isEqualTo("SCHEMA_CHANGE");
      assertThat(cluster.node(1).schemaVersion()).isEqualTo(version);
    }
    Waiting.get(cluster.close());
  }

  @Test
  void hundredsOfNodesFitOneProcess() throws Exception {
    FakeCluster cluster =
        cluster(new FakeClusterOptions().addDatacenter("dc1", 300, 3).setTokensPerNode(16));
    assertThat(new HashSet<>(cluster.addresses())).hasSize(300);
    try (WireClient client = WireClient.ready(cluster.node(299), WireVersion.V5)) {
      client.query(1, "SELECT * FROM system.peers");
      assertThat(client.receive().body()).hasSizeGreaterThan(299 * 16);
    }
    Waiting.get(cluster.close());
  }

  private static WireClient listener(FakeNode node) throws IOException {
    WireClient client = WireClient.ready(node, WireVersion.V4);
    List<String> types = List.of("TOPOLOGY_CHANGE", "STATUS_CHANGE", "SCHEMA_CHANGE");
    client.send(Opcode.REGISTER, 0, new WireWriter().writeStringList(types).toBytes());
    assertThat(client.receive().opcode()).isEqualTo(Opcode.READY);
    return client;
  }

  private static String event(WireClient client) throws IOException {
    WireReader body = new WireReader(client.receive().body());
    return body.readString() + " " + body.readString() + " " + body.readInet();
  }
}
