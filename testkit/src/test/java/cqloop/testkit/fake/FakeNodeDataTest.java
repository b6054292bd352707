package cqloop.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FakeNodeDataTest {
  private Vertx vertx;
  private FakeNode node;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    node = Waiting.get(FakeNode.start(vertx));
  }

  @AfterEach
  void stop() throws Exception {
    Waiting.get(node.close());
    Waiting.get(vertx.close());
  }

  private static Frame ask(WireClient client, String cql) throws IOException {
    client.query(1, cql);
    return client.receive();
  }

  private static byte[] prepare(WireClient client, String cql) throws IOException {
    client.send(Opcode.PREPARE, 1, new WireWriter().writeLongString(cql).toBytes());
    WireReader body = new WireReader(client.receive().body());
    assertThat(body.readInt()).isEqualTo(4);
    return body.readShortBytes();
  }

  private static Frame execute(WireClient client, byte[] id) throws IOException {
    WireWriter body = new WireWriter().writeShortBytes(id).writeShort(1).writeByte(0);
    client.send(Opcode.EXECUTE, 1, body.toBytes());
    return client.receive();
  }

  /** Column names and cells of a ROWS body, as text where a cell is text. */
  private static List<List<String>> rows(Frame frame) {
    WireReader in = new WireReader(frame.body());
    assertThat(in.readInt()).isEqualTo(2);
    in.readInt();
    int columns = in.readInt();
    in.readString();
    in.readString();
    List<List<String>> all = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      names.add(in.readString());
      if (in.readShort() == WireType.ID_SET) {
        in.readShort();
      }
    }
    all.add(names);
    int count = in.readInt();
    for (int row = 0; row < count; row++) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        byte[] cell = in.readBytes();
        cells.add(cell == null ? null : new String(cell, StandardCharsets.UTF_8));
      }
      all.add(cells);
    }
    in.expectEnd("rows");
    return all;
  }

  @Test
  void describesItself() throws Exception {
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      assertThat(
              rows(
                  ask(
                      client,
                      "SELECT cluster_name, data_center,rack FROM system.local WHERE key='local'")))
          .containsExactly(
              List.of("cluster_name", "data_center", "rack"), List.of("fake", "dc1", "rack1"));
      assertThat(rows(ask(client, "select * from system.local")).get(0))
          .contains("host_id", "tokens", "partitioner", "schema_version", "release_version");
      assertThat(ask(client, "SELECT nonsense FROM system.local").opcode()).isEqualTo(Opcode.ERROR);
    }
  }

  @Test
  void describesItsPeers() throws Exception {
    NodeInfo second =
        NodeInfo.of(new InetSocketAddress("127.0.0.2", 9042)).withLocation("dc2", "r2");
    NodeInfo third = NodeInfo.of(new InetSocketAddress("127.0.0.3", 9042));
    node.setPeers(List.of(second, third));
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      assertThat(rows(ask(client, "SELECT data_center, rack FROM system.peers")))
          .containsExactly(
              List.of("data_center", "rack"), List.of("dc2", "r2"), List.of("dc1", "rack1"));
      assertThat(rows(ask(client, "SELECT rack FROM system.peers WHERE peer = '127.0.0.2'")))
          .containsExactly(List.of("rack"), List.of("r2"));
      WireWriter bound =
          new WireWriter()
              .writeLongString("SELECT rack FROM system.peers_v2 WHERE peer = ? AND peer_port = ?")
              .writeShort(1)
              .writeByte(1)
              .writeShort(2)
              .writeBytes(new byte[] {127, 0, 0, 3})
              .writeBytes(new byte[] {0, 0, 0x1B, 0x58});
      client.send(Opcode.QUERY, 1, bound.toBytes());
      assertThat(rows(client.receive())).containsExactly(List.of("rack"), List.of("rack1"));
    }
  }

  @Test
  void tellsTheColumnsOfOtherServers() throws Exception {
    Waiting.get(node.close());
    node =
        Waiting.get(
            FakeNode.start(
                vertx,
                new FakeNodeOptions().addColumn("dse_version", WireType.TEXT, info -> "6.8.50")));
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      assertThat(rows(ask(client, "SELECT dse_version FROM system.local")))
          .containsExactly(List.of("dse_version"), List.of("6.8.50"));
    }
  }

  @Test
  void oldReleasesHaveNoPeersV2() throws Exception {
    node.setInfo(node.info().withReleaseVersion("3.11.19"));
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      Frame answer = ask(client, "SELECT * FROM system.peers_v2");
      assertThat(new WireReader(answer.body()).readInt()).isEqualTo(Errors.INVALID);
    }
  }

  @Test
  void knowsWhatWasPreparedHere() throws Exception {
    node.declare(
        "SELECT v FROM t WHERE k = ?",
        Replies.prepared().variable("k", WireType.INT).partitionKey(0).result("v", WireType.TEXT));
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      byte[] id = prepare(client, "SELECT v FROM t WHERE k = ?");
      assertThat(rows(execute(client, id))).containsExactly(List.of("v"));
      node.when(Conditions.execute("SELECT v FROM t WHERE k = ?"))
          .reply(Replies.rows().column("v", WireType.TEXT).row("hit"));
      assertThat(rows(execute(client, id))).containsExactly(List.of("v"), List.of("hit"));
      Request seen =
          Waiting.get(node.awaitRequest(Conditions.execute("SELECT v FROM t WHERE k = ?")));
      assertThat(seen.preparedId()).isEqualTo(id);

      node.clearRules();
      Waiting.get(node.forgetPrepared());
      WireReader error = new WireReader(execute(client, id).body());
      assertThat(error.readInt()).isEqualTo(Errors.UNPREPARED);
      error.readString();
      assertThat(error.readShortBytes()).isEqualTo(id);
    }
  }

  @Test
  void countsTheMarksOfUndeclaredStatements() throws Exception {
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      client.send(
          Opcode.PREPARE,
          1,
          new WireWriter().writeLongString("INSERT INTO t (a, b) VALUES (?, ?)").toBytes());
      WireReader body = new WireReader(client.receive().body());
      body.readInt();
      body.readShortBytes();
      body.readInt();
      assertThat(body.readInt()).isEqualTo(2);
    }
  }

  @Test
  void pagesRowsByPageSizeAndState() throws Exception {
    RowsReply rows = Replies.rows().column("v", WireType.TEXT).paged();
    for (int i = 0; i < 5; i++) {
      rows.row("row" + i);
    }
    node.when(Conditions.query("q")).reply(rows);
    List<Integer> sizes = new ArrayList<>();
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      byte[] state = null;
      do {
        WireWriter body = new WireWriter().writeLongString("q").writeShort(1);
        body.writeByte(state == null ? 0x04 : 0x0C).writeInt(2);
        if (state != null) {
          body.writeBytes(state);
        }
        client.send(Opcode.QUERY, 1, body.toBytes());
        WireReader in = new WireReader(client.receive().body());
        in.readInt();
        boolean more = (in.readInt() & 2) != 0;
        in.readInt();
        state = more ? in.readBytes() : null;
        in.readString();
        in.readString();
        in.readString();
        in.readShort();
        sizes.add(in.readInt());
      } while (state != null);
    }
    assertThat(sizes).containsExactly(2, 2, 1);
  }

  @Test
  void remembersTheKeyspaceOfAConnection() throws Exception {
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      WireReader answer = new WireReader(ask(client, "USE \"Shop\"").body());
      assertThat(answer.readInt()).isEqualTo(3);
      assertThat(answer.readString()).isEqualTo("Shop");
      assertThat(node.connections().get(0).keyspace()).isEqualTo("Shop");
    }
  }

  @Test
  void awaitsARequestThatHasNotComeYet() throws Exception {
    var awaited = node.awaitRequest(Conditions.query("later"));
    assertThat(awaited.isComplete()).isFalse();
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      ask(client, "later");
      assertThat(Waiting.get(awaited).cql()).isEqualTo("later");
    }
    var never = node.awaitRequest(Conditions.query("never"));
    Waiting.get(node.close());
    assertThatThrownBy(() -> Waiting.get(never)).hasMessageContaining("was closed");
  }

  @Test
  void stopsAndListensAgainOnTheSamePort() throws Exception {
    int port = node.port();
    Waiting.get(node.stop());
    assertThatThrownBy(() -> WireClient.ready(node, WireVersion.V4))
        .isInstanceOf(IOException.class);
    Waiting.get(node.resume());
    assertThat(node.port()).isEqualTo(port);
    WireClient.ready(node, WireVersion.V4).close();
  }

  @Test
  void keepsOnlyTheLatestRequests() throws Exception {
    Waiting.get(node.close());
    node = Waiting.get(FakeNode.start(vertx, new FakeNodeOptions().setMaxRecorded(2)));
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      ask(client, "one");
      ask(client, "two");
      ask(client, "three");
    }
    assertThat(node.requests()).extracting(Request::cql).containsExactly("two", "three");
  }

  @Test
  void garbageNeverHarmsTheNode() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      WireVersion version = i % 2 == 0 ? WireVersion.V4 : WireVersion.V5;
      try (WireClient client = WireClient.ready(node, version)) {
        byte[] garbage = new byte[1 + random.nextInt(200)];
        random.nextBytes(garbage);
        if (i % 3 == 0) {
          client.write(garbage);
        } else {
          int opcode = random.nextInt(20);
          client.send(new Frame(version.code(), random.nextInt(32), 1, opcode, garbage));
        }
      }
    }
    try (WireClient client = WireClient.ready(node, WireVersion.V5)) {
      assertThat(ask(client, "q").opcode()).isEqualTo(Opcode.RESULT);
    }
    Polling.until(() -> node.counters().openConnections() == 0);
    assertThat(node.violations()).hasSizeGreaterThan(20);
  }
}
