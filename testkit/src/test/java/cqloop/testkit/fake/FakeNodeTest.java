package cqloop.testkit.fake;

import static cqloop.testkit.fake.Conditions.opcode;
import static cqloop.testkit.fake.Conditions.query;
import static cqloop.testkit.fake.Replies.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.EOFException;
import java.net.SocketException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FakeNodeTest {
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

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void answersAQueryByRule(WireVersion version) throws Exception {
    Rule rule = node.when(query("SELECT v FROM t")).reply(rows().column("v", WireType.INT).row(42));
    try (WireClient client = WireClient.ready(node, version)) {
      client.query(7, "SELECT v FROM t");
      Frame answer = client.receive();
      assertThat(answer.versionByte()).isEqualTo(version.code() | 0x80);
      assertThat(answer.streamId()).isEqualTo(7);
      assertThat(answer.opcode()).isEqualTo(Opcode.RESULT);
      // Written out from native_protocol_v5.spec §4.2.5.2: kind, flags, count, table, column, row.
      assertThat(HexFormat.of().formatHex(answer.body()))
          .isEqualTo(
              "00000002"
                  + "0000000100000001"
                  + "00026b73"
                  + "000174"
                  + "0001760009"
                  + "00000001"
                  + "000000040000002a");
    }
    assertThat(rule.hits()).isEqualTo(1);
    Request seen = Waiting.get(node.awaitRequest(opcode(Opcode.QUERY)));
    assertThat(seen.cql()).isEqualTo("SELECT v FROM t");
    assertThat(seen.version()).isEqualTo(version);
    assertThat(seen.streamId()).isEqualTo(7);
    assertThat(node.violations()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void compressesWithLz4WhenStartupAsksForIt(WireVersion version) throws Exception {
    String big = "x".repeat(10_000);
    node.when(query("SELECT v FROM t")).reply(rows().column("v", WireType.TEXT).row(big));
    try (WireClient client = WireClient.ready(node, version, "COMPRESSION", "lz4")) {
      client.query(1, "SELECT v FROM t");
      Frame answer = client.receive();
      assertThat(answer.hasFlag(Frame.FLAG_COMPRESSED)).isEqualTo(version != WireVersion.V5);
      byte[] body =
          version == WireVersion.V5 ? answer.body() : Compression.LZ4.decompressBody(answer.body());
      assertThat(body).hasSizeGreaterThan(10_000);
      assertThat(node.counters().bytesSent()).isLessThan(2_000);
    }
  }

  @Test
  void countsConnectionsRequestsAndBytes() throws Exception {
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      assertThat(node.counters()).isEqualTo(new NodeCounters.Snapshot(1, 1, 1, 9 + 22, 9));
      assertThat(node.connections()).hasSize(1);
      assertThat(node.connections().get(0).startupOptions()).containsEntry("CQL_VERSION", "3.0.0");
      assertThat(client.socket().getLocalPort()).isEqualTo(node.connections().get(0).clientPort());
    }
  }

  @Test
  void firstRuleWinsAndCountsEnd() throws Exception {
    node.when(query("q")).once().reply(Errors.error(Errors.OVERLOADED, "busy"));
    node.when(query("q")).after(1).once().reply(Errors.error(Errors.SERVER_ERROR, "broken"));
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      client.query(1, "q");
      assertThat(new WireReader(client.receive().body()).readInt()).isEqualTo(Errors.OVERLOADED);
      client.query(2, "q");
      assertThat(client.receive().opcode()).isEqualTo(Opcode.RESULT);
      client.query(3, "q");
      assertThat(new WireReader(client.receive().body()).readInt()).isEqualTo(Errors.SERVER_ERROR);
      client.query(4, "q");
      assertThat(client.receive().opcode()).isEqualTo(Opcode.RESULT);
    }
  }

  @Test
  void closesWithFin() throws Exception {
    node.when(query("q")).close();
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      client.query(1, "q");
      assertThatThrownBy(client::receive).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void closesWithRst() throws Exception {
    node.when(query("q")).reset();
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      client.query(1, "q");
      assertThatThrownBy(client::receive)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void pushesEventsToThoseWhoRegistered() throws Exception {
    try (WireClient deaf = WireClient.ready(node, WireVersion.V4);
        WireClient client = WireClient.ready(node, WireVersion.V5)) {
      client.send(
          Opcode.REGISTER, 0, new WireWriter().writeStringList(List.of("STATUS_CHANGE")).toBytes());
      assertThat(client.receive().opcode()).isEqualTo(Opcode.READY);
      Waiting.get(node.pushEvent(Replies.statusEvent("DOWN", node.address())));
      Frame event = client.receive();
      assertThat(event.streamId()).isEqualTo(-1);
      WireReader body = new WireReader(event.body());
      assertThat(body.readString()).isEqualTo("STATUS_CHANGE");
      assertThat(body.readString()).isEqualTo("DOWN");
      assertThat(body.readInet()).isEqualTo(node.address());
      deaf.query(3, "q");
      assertThat(deaf.receive().streamId()).isEqualTo(3);
    }
  }

  @Test
  void refusesAVersionAsCassandraDoes() throws Exception {
    Waiting.get(node.close());
    node =
        Waiting.get(
            FakeNode.start(
                vertx, new FakeNodeOptions().setVersions(WireVersion.V3, WireVersion.V4)));
    try (WireClient client = new WireClient(node.address(), WireVersion.V5)) {
      Frame answer = client.startup();
      assertThat(answer.versionByte()).isEqualTo(0x84);
      WireReader body = new WireReader(answer.body());
      assertThat(body.readInt()).isEqualTo(Errors.PROTOCOL_ERROR);
      assertThat(body.readString())
          .isEqualTo(
              "Invalid or unsupported protocol version (5); supported versions are"
                  + " (3/v3, 4/v4)");
    }
  }
}
