package cqloop.netty.conn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.ProtocolVersion;
import cqloop.error.ConnectionClosed;
import cqloop.error.CqlException;
import cqloop.error.FrameTooLarge;
import cqloop.netty.sim.LinkFaults;
import cqloop.netty.sim.Scripts;
import cqloop.netty.sim.SimNetwork;
import cqloop.netty.sim.SimRequest;
import cqloop.netty.sim.SimServerConnection;
import cqloop.netty.sim.SimWorld;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

  private final OneServer one = new OneServer();

  @AfterEach
  void nothingIsLeft() {
    one.assertNothingIsLeft();
  }

  @Test
  void answersFindTheirRequestsInAnyOrder() {
    Connection connection = one.open(ProtocolVersion.V4);
    List<SimRequest> held = new ArrayList<>();
    one.thenDo((peer, request) -> held.add(request));
    one.thenDo((peer, request) -> held.add(request));
    OneServer.Answer first = one.send(connection, "SELECT 1");
    OneServer.Answer second = one.send(connection, "SELECT 2");
    one.soon();
    peer().answer(held.get(1), Replies.voidResult());
    one.soon();
    assertThat(first.answers).isZero();
    assertThat(second.answers).isEqualTo(1);
    peer().answer(held.get(0), Replies.voidResult());
    one.soon();
    assertThat(first.answers).isEqualTo(1);
    assertThat(connection.inFlight()).isZero();
  }

  @Test
  void requestsOfOneTurnAreFlushedTogether() {
    Connection connection = one.open(ProtocolVersion.V5);
    int[] flushes = countFlushes();
    for (int i = 0; i < 20; i++) {
      one.send(connection, "SELECT " + i);
    }
    one.soon();
    assertThat(flushes[0]).isEqualTo(1);
    assertThat(one.requests).hasSize(20);
    assertThat(connection.inFlight()).isZero();
  }

  @Test
  void requestsWaitForTheDelayOfCoalescingAndAreFlushedTogether() {
    one.settings.coalesceNanos = SimWorld.millis(10);
    Connection connection = one.open(ProtocolVersion.V5);
    one.world.advance(SimWorld.millis(20));
    int[] flushes = countFlushes();
    one.send(connection, "SELECT 1");
    one.world.advance(SimWorld.millis(6));
    one.send(connection, "SELECT 2");
    one.world.advance(SimWorld.millis(3));
    assertThat(flushes[0]).as("1 ms before the end of the delay of the first").isZero();
    one.world.advance(SimWorld.millis(1));
    assertThat(flushes[0]).isEqualTo(1);
    one.soon();
    assertThat(one.requests).hasSize(2);

    OneServer.Answer later = one.send(connection, "SELECT 3");
    one.world.advance(SimWorld.millis(9));
    assertThat(flushes[0]).as("the next has a delay of its own").isEqualTo(1);
    one.soon();
    assertThat(flushes[0]).isEqualTo(2);
    assertThat(later.answers).isEqualTo(1);
    assertThat(connection.inFlight()).isZero();
  }

  @Test
  void takesNoMoreThanItsLimitAndTellsWhenThereIsRoom() {
    one.settings.maxInFlight = 3;
    Connection connection = one.open(ProtocolVersion.V4);
    one.thenDo(
        (peer, request) -> peer.answerLater(request, SimWorld.millis(5), Replies.voidResult()));
    one.thenSilence().thenSilence();
    for (int i = 0; i < 3; i++) {
      one.send(connection, "SELECT");
    }
    assertThat(connection.canSend()).isFalse();
    assertThatThrownBy(() -> one.send(connection, "SELECT"))
        .isInstanceOf(IllegalStateException.class);
    connection.wantCapacity();
    one.soon();
    assertThat(one.events).containsExactly("available");
    assertThat(connection.canSend()).isTrue();
  }

  @Test
  void takesNothingWhileTheSocketIsFull() {
    weather(LinkFaults.NONE.withBuffer(50_000).stalling(60_000, SimWorld.seconds(1)));
    Connection connection = one.open(ProtocolVersion.V4);
    String big = "x".repeat(10_000);
    int sent = 0;
    while (connection.canSend() && sent < 1000) {
      one.send(connection, big);
      one.loop.world().advance(1);
      sent++;
    }
    assertThat(sent).as("50 kB of the socket and 64 kB of the channel").isBetween(5, 20);
    connection.wantCapacity();
    one.world.advance(SimWorld.seconds(2));
    assertThat(one.events).containsExactly("available");
    assertThat(one.requests).hasSize(sent);
    assertThat(connection.inFlight()).isZero();
  }

  @Test
  void aLateAnswerIsDropped() {
    Connection connection = one.open(ProtocolVersion.V4);
    one.thenDo(
        (peer, request) -> peer.answerLater(request, SimWorld.millis(10), Replies.voidResult()));
    OneServer.Answer answer = one.send(connection, "SELECT");
    one.world.advance(SimWorld.millis(5));
    one.loop.run(() -> connection.abandon(answer));
    one.loop.run(() -> connection.abandon(answer));
    assertThat(connection.orphans()).isEqualTo(1);
    one.soon();
    assertThat(answer.answers).isZero();
    assertThat(connection.orphans()).isZero();
    assertThat(connection.inFlight()).isZero();
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void tooManyOrphansRetireItAndLiveRequestsEndFirst() {
    one.settings.maxOrphans = 2;
    Connection connection = one.open(ProtocolVersion.V4);
    one.thenDo(
        (peer, request) -> peer.answerLater(request, SimWorld.millis(50), Replies.voidResult()));
    one.thenSilence().thenSilence().thenSilence();
    OneServer.Answer live = one.send(connection, "SELECT");
    List<OneServer.Answer> silent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      silent.add(one.send(connection, "SELECT"));
    }
    one.soon();
    silent.forEach(answer -> one.loop.run(() -> connection.abandon(answer)));
    assertThat(one.events).containsExactly("retired");
    assertThat(connection.canSend()).isFalse();
    assertThat(connection.isClosed()).isFalse();
    one.world.advance(SimWorld.millis(100));
    assertThat(live.opcode).isEqualTo(Opcode.RESULT.code());
    assertThat(one.events).containsExactly("retired", "closed");
    assertThat(one.network.links().get(0).isClientOpen()).isFalse();
  }

  @Test
  void aStreamThatNobodyWaitsOnBreaksIt() {
    Connection connection = one.open(ProtocolVersion.V4);
    one.thenDo((peer, request) -> peer.send(Replies.voidResult(), request.streamId() + 1));
    OneServer.Answer answer = one.send(connection, "SELECT");
    one.soon();
    assertLost(answer, true);
    assertThat(connection.isClosed()).isTrue();
    assertThat(one.events).containsExactly("closed");
  }

  @Test
  void anImpossibleHeaderBreaksIt() {
    Connection connection = one.open(ProtocolVersion.V4);
    one.thenDo(
        (peer, request) ->
            peer.link().toClient(new byte[] {(byte) 0x84, 0, 0, 0, 8, -1, -1, -1, -1}));
    OneServer.Answer answer = one.send(connection, "SELECT");
    one.soon();
    assertLost(answer, true);
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void aFlippedBitInASegmentBreaksIt() {
    for (int bit = 0; bit < 30; bit++) {
      int at = 120 + bit;
      one.network.setWeather(
          () ->
              new SimNetwork.Weather(
                  SimNetwork.Outcome.ACCEPT, 1000, LinkFaults.NONE, LinkFaults.NONE.flipping(at)));
      Connection connection = one.open(ProtocolVersion.V5);
      for (int i = 0; i < 20 && !connection.isClosed(); i++) {
        one.send(connection, "SELECT");
        one.soon();
      }
      assertThat(connection.isClosed()).as("bit in byte " + at).isTrue();
    }
  }

  @Test
  void aBodyThatCannotBeDecompressedFailsItsRequestAndRetires() {
    one.settings.compression = "lz4";
    Connection connection = one.open(ProtocolVersion.V4);
    one.thenDo(
        (peer, request) ->
            peer.link()
                .toClient(
                    new byte[] {
                      (byte) 0x84, 1, 0, (byte) request.streamId(), 8, 0, 0, 0, 5, 0, 0, 0, 9, 1
                    }));
    one.thenDo(
        (peer, request) -> peer.answerLater(request, SimWorld.millis(10), Replies.voidResult()));
    OneServer.Answer damaged = one.send(connection, "SELECT");
    OneServer.Answer other = one.send(connection, "SELECT");
    one.world.advance(SimWorld.millis(5));
    assertLost(damaged, true);
    assertThat(one.events).containsExactly("retired");
    one.soon();
    assertThat(other.opcode).isEqualTo(Opcode.RESULT.code());
    assertThat(one.events).containsExactly("retired", "closed");
  }

  @Test
  void closingTellsWhatWasWrittenFromWhatWasNot() {
    Connection connection = one.open(ProtocolVersion.V4);
    one.thenSilence();
    OneServer.Answer written = one.send(connection, "SELECT 1");
    one.soon();
    OneServer.Answer notWritten = one.send(connection, "SELECT 2");
    one.loop.run(() -> connection.close("test"));
    one.loop.run(() -> connection.close("again"));
    assertLost(written, true);
    assertLost(notWritten, false);
    assertThat(one.events).containsExactly("closed");
    assertThat(one.closeReason).isInstanceOf(ConnectionClosed.class).hasMessageContaining("test");
    one.soon();
    assertThat(one.requests).hasSize(1);
  }

  @Test
  void whatIsLostMayGiveUpAnotherRequestOfTheSameConnection() {
    Connection connection = one.open(ProtocolVersion.V4);
    OneServer.Answer second = new OneServer.Answer();
    OneServer.Answer first =
        new OneServer.Answer() {
          @Override
          protected void onLost(Connection from, CqlException error, boolean newWritten) {
            super.onLost(from, error, newWritten);
            from.abandon(second);
          }
        };
    one.loop.run(() -> connection.send(OneServer.query("SELECT 1"), first));
    one.loop.run(() -> connection.send(OneServer.query("SELECT 2"), second));
    one.loop.run(() -> connection.close("test"));
    assertThat(first.answers).isEqualTo(1);
    assertThat(second.answers).as("given up, so not told").isZero();
    assertThat(one.events).containsExactly("closed");
  }

  @Test
  void closesWhenTheServerDoes() {
    Connection connection = one.open(ProtocolVersion.V5);
    one.thenDo((peer, request) -> peer.link().closeByServer());
    OneServer.Answer answer = one.send(connection, "SELECT");
    one.soon();
    assertLost(answer, true);
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void whatArrivedBeforeTheEndIsDelivered() {
    Connection connection = one.open(ProtocolVersion.V5);
    one.thenDo(
        (peer, request) -> {
          Scripts.answerAtOnce(peer, request);
          peer.link().closeByServer();
        });
    OneServer.Answer answer = one.send(connection, "SELECT");
    one.soon();
    assertThat(answer.opcode).isEqualTo(Opcode.RESULT.code());
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void aRequestThatCannotBeEncodedLeavesItAsItWas() {
    Connection connection = one.open(ProtocolVersion.V5);
    OneServer.Answer before = one.send(connection, "SELECT 1");
    OneServer.Answer tooLong = new OneServer.Answer();
    String cql = "x".repeat(17 * 1024 * 1024);
    assertThatThrownBy(() -> one.loop.run(() -> connection.send(OneServer.query(cql), tooLong)))
        .isInstanceOf(FrameTooLarge.class);
    OneServer.Answer after = one.send(connection, "SELECT 2");
    assertThat(connection.inFlight()).isEqualTo(2);
    one.soon();
    assertThat(before.opcode).isEqualTo(Opcode.RESULT.code());
    assertThat(after.opcode).isEqualTo(Opcode.RESULT.code());
    assertThat(tooLong.answers).isZero();
  }

  @Test
  void tellsItsOwnerOfEvents() {
    one.open(ProtocolVersion.V5);
    peer().send(Replies.schemaEvent("CREATED", "KEYSPACE", "ks"), -1);
    one.soon();
    assertThat(one.events).containsExactly("event");
  }

  /** Counts the writes of the only connection from now on; each is one flush. */
  private int[] countFlushes() {
    int[] flushes = {0};
    one.network
        .links()
        .get(0)
        .channel()
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                flushes[0]++;
                ctx.write(message, promise);
              }
            });
    return flushes;
  }

  private SimServerConnection peer() {
    return one.server.connections().get(0);
  }

  private void weather(LinkFaults toServer) {
    one.network.setWeather(
        () -> new SimNetwork.Weather(SimNetwork.Outcome.ACCEPT, 1000, toServer, LinkFaults.NONE));
  }

  private static void assertLost(OneServer.Answer answer, boolean written) {
    assertThat(answer.answers).isEqualTo(1);
    assertThat(answer.lost).isNotNull();
    assertThat(answer.written).isEqualTo(written);
  }
}
