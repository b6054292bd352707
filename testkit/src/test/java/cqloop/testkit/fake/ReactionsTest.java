package cqloop.testkit.fake;

import static cqloop.testkit.fake.Conditions.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class ReactionsTest {
  private static final Reply ROWS = Replies.rows().column("v", WireType.INT).row(42);
  private static final int QUIET_MILLIS = 150;

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

  /** A ready client that has sent the query {@code q} on stream 1 to the given reaction. */
  private WireClient asked(WireVersion version, Reaction reaction) throws Exception {
    node.when(query("q")).react(reaction);
    WireClient client = WireClient.ready(node, version);
    client.query(1, "q");
    return client;
  }

  private static void assertSilent(WireClient client) throws Exception {
    client.socket().setSoTimeout(QUIET_MILLIS);
    assertThatThrownBy(client::receive).isInstanceOf(SocketTimeoutException.class);
    client.socket().setSoTimeout(5_000);
  }

  private static void assertReset(WireClient client) {
    assertThatThrownBy(client::receive)
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void delaysAnAnswer() throws Exception {
    long before = System.nanoTime();
    try (WireClient client =
        asked(WireVersion.V4, Reactions.delay(100).then(Reactions.reply(ROWS)))) {
      assertThat(client.receive().streamId()).isEqualTo(1);
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(100_000_000L);
    }
  }

  @Test
  void dropsARequestAndServesTheNext() throws Exception {
    try (WireClient client = asked(WireVersion.V4, Reactions.drop())) {
      client.query(2, "other");
      assertThat(client.receive().streamId()).isEqualTo(2);
      assertSilent(client);
    }
  }

  @Test
  void halfClosesAndGoesOnReading() throws Exception {
    try (WireClient client = asked(WireVersion.V4, Reactions.halfClose())) {
      assertThatThrownBy(client::receive).isInstanceOf(EOFException.class);
      client.query(2, "still read");
      Request read = Waiting.get(node.awaitRequest(query("still read")));
      assertThat(read.origin().connection()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void cutsAFrameAndCloses(WireVersion version) throws Exception {
    try (WireClient client = asked(version, Reactions.cutAndClose(ROWS, 5))) {
      assertThat(client.input().readAllBytes()).hasSize(5);
    }
  }

  @Test
  void cutsAFrameAndResets() throws Exception {
    try (WireClient client = asked(WireVersion.V4, Reactions.cutAndReset(ROWS, 5))) {
      assertReset(client);
    }
  }

  @Test
  void cutsAFrameAndStalls() throws Exception {
    try (WireClient client = asked(WireVersion.V4, Reactions.cutAndStall(ROWS, 5))) {
      assertThat(client.input().readNBytes(5)).hasSize(5);
      client.query(2, "other");
      Waiting.get(node.awaitRequest(query("other")));
      assertSilent(client);
      assertThat(node.counters().openConnections()).isEqualTo(1);
    }
  }

  @Test
  void writesRawBytes() throws Exception {
    try (WireClient client = asked(WireVersion.V4, Reactions.raw((byte) 1, (byte) 2))) {
      assertThat(client.input().readNBytes(2)).containsExactly(1, 2);
    }
  }

  @Test
  void forgesAFrame() throws Exception {
    Reaction forge =
        Reactions.forgeFrame(
            ROWS, frame -> new Frame(frame.versionByte(), 0, 99, 0x55, new byte[] {7}));
    try (WireClient client = asked(WireVersion.V5, forge)) {
      Frame frame = client.receive();
      assertThat(frame.streamId()).isEqualTo(99);
      assertThat(frame.opcodeByte()).isEqualTo(0x55);
      assertThat(frame.body()).containsExactly(7);
    }
  }

  @Test
  void answersOnAnotherStream() throws Exception {
    try (WireClient client = asked(WireVersion.V4, Reactions.onStream(77, ROWS))) {
      assertThat(client.receive().streamId()).isEqualTo(77);
    }
  }

  @Test
  void answersTwice() throws Exception {
    try (WireClient client = asked(WireVersion.V5, Reactions.twice(ROWS))) {
      assertThat(client.receive()).isEqualTo(client.receive());
    }
  }

  @Test
  void spoilsChecksums() throws Exception {
    node.when(query("payload")).react(Reactions.corruptPayloadChecksum(ROWS));
    node.when(query("header")).react(Reactions.corruptHeaderChecksum(ROWS));
    for (String[] options : new String[][] {{}, {"COMPRESSION", "lz4"}}) {
      for (String cql : new String[] {"payload", "header"}) {
        try (WireClient client = WireClient.ready(node, WireVersion.V5, options)) {
          client.query(1, cql);
          assertThatThrownBy(client::receive)
              .isInstanceOf(WireFormatException.class)
              .hasMessageContaining(cql + " has checksum");
        }
      }
    }
  }

  @Test
  void splitsAnAnswerIntoSingleBytes() throws Exception {
    try (WireClient client = asked(WireVersion.V5, Reactions.split(ROWS, 1, 1))) {
      assertThat(client.receive().opcode()).isEqualTo(Opcode.RESULT);
    }
  }

  @Test
  void splitsTheAnswerOfStartupAndStillSwitchesToSegments() throws Exception {
    node.when(Conditions.opcode(Opcode.STARTUP)).react(Reactions.splitAt(Replies.ready(), 4, 20));
    node.when(query("q")).reply(ROWS);
    try (WireClient client = WireClient.ready(node, WireVersion.V5)) {
      client.query(1, "q");
      assertThat(client.receive().opcode()).isEqualTo(Opcode.RESULT);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void coalescesAnswers(WireVersion version) throws Exception {
    node.when(query("q")).react(Reactions.coalesce(3, ROWS));
    try (WireClient client = WireClient.ready(node, version)) {
      client.query(1, "q");
      client.query(2, "q");
      assertSilent(client);
      long before = node.counters().bytesSent();
      client.query(3, "q");
      List<Integer> streams = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        streams.add(client.receive().streamId());
      }
      assertThat(streams).containsExactly(1, 2, 3);
      int frame = 9 + 36;
      int segment = version == WireVersion.V5 ? 10 : 0;
      assertThat(node.counters().bytesSent() - before).isEqualTo(3 * frame + segment);
    }
  }

  @Test
  void stopsReadingUntilItResumes() throws Exception {
    try (WireClient client = asked(WireVersion.V4, Reactions.stopReading())) {
      Waiting.get(node.awaitRequest(query("q")));
      client.query(2, "later");
      assertSilent(client);
      assertThat(node.requests(query("later"))).isEmpty();
      Waiting.get(node.connections().get(0).resumeReading());
      assertThat(client.receive().streamId()).isEqualTo(2);
    }
  }

  @Test
  void pushesAnEventInFrontOfTheAnswer() throws Exception {
    Reply event = Replies.statusEvent("UP", node.address());
    try (WireClient client =
        asked(WireVersion.V4, Reactions.pushEvent(event).then(Reactions.reply(ROWS)))) {
      assertThat(client.receive().streamId()).isEqualTo(-1);
      assertThat(client.receive().streamId()).isEqualTo(1);
    }
  }

  @Test
  void takesReactionsInTurn() throws Exception {
    node.when(query("q"))
        .react(
            Reactions.inTurn(
                Reactions.reply(Errors.error(Errors.OVERLOADED, "busy")), Reactions.reply(ROWS)));
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      List<Opcode> seen = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        client.query(i, "q");
        seen.add(client.receive().opcode());
      }
      assertThat(seen).containsExactly(Opcode.ERROR, Opcode.RESULT, Opcode.RESULT);
    }
  }

  @Test
  void decidesByProbabilityInARepeatableWay() throws Exception {
    List<List<Opcode>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      node.clearRules();
      node.when(query("q")).withProbability(0.5, 42).reply(Errors.error(Errors.OVERLOADED, "busy"));
      List<Opcode> seen = new ArrayList<>();
      try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
        for (int i = 1; i <= 40; i++) {
          client.query(i, "q");
          seen.add(client.receive().opcode());
        }
      }
      runs.add(seen);
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains(Opcode.ERROR, Opcode.RESULT);
  }

  @Test
  void answersWithWarningsPayloadAndTracingId() throws Exception {
    UUID id = new UUID(3, 4);
    try (WireClient client =
        asked(
            WireVersion.V4,
            Reactions.reply(Replies.voidResult().withWarnings("w").withTracingId(id)))) {
      Frame frame = client.receive();
      assertThat(frame.flags()).isEqualTo(Frame.FLAG_TRACING | Frame.FLAG_WARNINGS);
      WireReader body = new WireReader(frame.body());
      assertThat(body.readUuid()).isEqualTo(id);
      assertThat(body.readStringList()).containsExactly("w");
    }
  }

  @Test
  void aReactionThatFailsIsReported() throws Exception {
    try (WireClient client = asked(WireVersion.V4, exchange -> Future.failedFuture("no idea"))) {
      client.query(2, "other");
      assertThat(client.receive().streamId()).isEqualTo(2);
      assertThat(node.violations()).singleElement().asString().contains("no idea");
    }
  }

  @Test
  void aReactionThatThrowsIsReported() throws Exception {
    node.when(query("q"))
        .answer(
            request -> {
              throw new IllegalArgumentException("wrong script");
            });
    try (WireClient client = WireClient.ready(node, WireVersion.V4)) {
      client.query(1, "q");
      client.query(2, "other");
      assertThat(client.receive().streamId()).isEqualTo(2);
      assertThat(node.violations()).singleElement().asString().contains("wrong script");
    }
  }

  @Test
  void resetsNewConnectionsWhenAskedTo() throws Exception {
    node.onConnect(FakeConnection::reset);
    // The reset may arrive as early as the connect.
    assertThatThrownBy(
            () -> {
              try (WireClient client = new WireClient(node.address(), WireVersion.V4)) {
                client.receive();
              }
            })
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }
}
