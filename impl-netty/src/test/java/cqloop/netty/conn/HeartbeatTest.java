package cqloop.netty.conn;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.ProtocolVersion;
import cqloop.netty.sim.LinkFaults;
import cqloop.netty.sim.SimNetwork;
import cqloop.netty.sim.SimRequest;
import cqloop.netty.sim.SimWorld;
import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.WireWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private static final int HANDSHAKE_BYTES = 100;

  private final OneServer one = new OneServer();

  @AfterEach
  void nothingIsLeft() {
    one.network.links().forEach(link -> link.resetByServer());
    one.world.advance(SimWorld.seconds(100));
    assertThat(one.world.planned()).isZero();
    assertThat(one.network.allocator().held()).isZero();
  }

  @Test
  void beatsWhenNothingWasReadForTheInterval() {
    Connection connection = open(10, 30);
    one.world.advance(SimWorld.seconds(65));
    assertThat(one.requests).hasSize(6);
    assertThat(one.requests).allMatch(request -> request.opcode() == Opcode.OPTIONS);
    assertThat(connection.isOpen()).isTrue();
    assertThat(connection.inFlight()).isZero();
  }

  @Test
  void doesNotBeatWhileAnswersCome() {
    Connection connection = open(10, 30);
    for (int i = 0; i < 20; i++) {
      one.send(connection, "SELECT");
      one.world.advance(SimWorld.seconds(5));
    }
    assertThat(one.requests).noneMatch(request -> request.opcode() == Opcode.OPTIONS);
  }

  @Test
  void closesWhenNothingWasReadForTheIdleTime() {
    Connection connection = open(10, 30);
    one.thenSilence();
    one.world.advance(SimWorld.millis(29_900));
    assertThat(connection.isClosed()).isFalse();
    one.world.advance(SimWorld.millis(200));
    assertThat(connection.isClosed()).isTrue();
    assertThat(one.closeReason).hasMessageContaining("heartbeat was not answered");
  }

  @Test
  void aBusyWriterFindsOutThatNobodyReads() {
    weather(LinkFaults.NONE.stalling(HANDSHAKE_BYTES, LinkFaults.FOR_EVER), LinkFaults.NONE);
    Connection connection = open(10, 30);
    for (int i = 0; i < 400 && !connection.isClosed(); i++) {
      if (connection.canSend()) {
        one.send(connection, "SELECT");
      }
      one.world.advance(SimWorld.millis(100));
    }
    assertThat(connection.isClosed()).isTrue();
    assertThat(one.world.elapsedNanos()).isLessThan(SimWorld.seconds(32));
  }

  @Test
  void anAnswerThatIsLateButComesKeepsItOpen() {
    Connection connection = open(10, 30);
    one.thenDo(
        (peer, request) ->
            peer.answerLater(request, SimWorld.seconds(15), Replies.supported(java.util.Map.of())));
    one.world.advance(SimWorld.seconds(100));
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void aNodeThatIsSilentAfterATimeoutIsGivenUpWithinASecond() {
    Connection connection = open(30, 60);
    one.thenSilence().thenSilence();
    OneServer.Answer answer = one.send(connection, "SELECT");
    long sent = one.world.nanoTime();
    one.world.advance(SimWorld.millis(500));
    one.loop.run(() -> connection.onRequestTimedOut(sent));
    one.world.advance(SimWorld.millis(1010));
    assertThat(connection.isClosed()).isTrue();
    assertThat(answer.answers).isEqualTo(1);
  }

  @Test
  void theSameWithHeartbeatsOff() {
    Connection connection = open(0, 0);
    one.thenSilence().thenSilence();
    one.send(connection, "SELECT");
    long sent = one.world.nanoTime();
    one.loop.run(() -> connection.onRequestTimedOut(sent));
    one.world.advance(SimWorld.millis(1010));
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void theSameWhileAHeartbeatWithMorePatienceIsOut() {
    Connection connection = open(10, 60);
    one.thenSilence();
    one.world.advance(SimWorld.seconds(12));
    assertThat(one.requests).hasSize(1);
    one.thenSilence();
    one.send(connection, "SELECT");
    long sent = one.world.nanoTime();
    one.world.advance(SimWorld.millis(500));
    one.loop.run(() -> connection.onRequestTimedOut(sent));
    one.world.advance(SimWorld.millis(1010));
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void aNodeThatIsSlowButAliveIsKept() {
    Connection connection = open(30, 60);
    one.thenSilence();
    OneServer.Answer answer = one.send(connection, "SELECT");
    long sent = one.world.nanoTime();
    one.world.advance(SimWorld.millis(500));
    one.loop.run(() -> connection.onRequestTimedOut(sent));
    one.loop.run(() -> connection.abandon(answer));
    one.world.advance(SimWorld.seconds(20));
    assertThat(connection.isOpen()).isTrue();
    assertThat(one.requests).hasSize(2);
    assertThat(connection.orphans()).isEqualTo(1);
  }

  @Test
  void anAnswerToAnotherRequestIsASignOfLife() {
    Connection connection = open(30, 60);
    one.thenSilence();
    one.send(connection, "SELECT 1");
    long sent = one.world.nanoTime();
    one.world.advance(SimWorld.millis(100));
    one.send(connection, "SELECT 2");
    one.world.advance(SimWorld.millis(100));
    one.loop.run(() -> connection.onRequestTimedOut(sent));
    one.world.advance(SimWorld.seconds(3));
    assertThat(one.requests).as("no probe").hasSize(2);
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void answersThatComeWhenAFrozenNodeThawsAreDropped() {
    Connection connection = open(30, 60);
    for (int i = 0; i < 2; i++) {
      one.thenDo(
          (peer, request) -> peer.answerLater(request, SimWorld.millis(800), Replies.voidResult()));
    }
    OneServer.Answer late = one.send(connection, "SELECT");
    long sent = one.world.nanoTime();
    one.world.advance(SimWorld.millis(300));
    one.loop.run(() -> connection.onRequestTimedOut(sent));
    one.loop.run(() -> connection.abandon(late));
    one.world.advance(SimWorld.seconds(2));
    assertThat(late.answers).isZero();
    assertThat(connection.isOpen()).isTrue();
    assertThat(connection.inFlight()).isZero();
    assertThat(one.requests).as("the request and one probe").hasSize(2);
  }

  /** F1: a length that is forged, but within the limit; all that follows counts as its body. */
  @Test
  void aConnectionThatGotDeafIsGivenUpThoughBytesCome() {
    Connection connection = open(30, 60);
    one.thenDo((peer, request) -> peer.sendRaw(headerOf(request, 10_000_000)));
    long sent = one.world.nanoTime();
    OneServer.Answer answer = one.send(connection, "SELECT 0");
    for (int i = 0; i < 80 && !connection.isClosed(); i++) {
      one.send(connection, "SELECT");
      one.loop.run(() -> connection.onRequestTimedOut(sent));
      one.world.advance(SimWorld.millis(500));
    }
    assertThat(connection.isClosed()).isTrue();
    assertThat(one.closeReason).hasMessageContaining("bytes come");
    assertThat(one.world.elapsedNanos()).isLessThan(SimWorld.seconds(33));
    assertThat(answer.answers).isEqualTo(1);
  }

  private static byte[] headerOf(SimRequest request, int length) {
    return new WireWriter()
        .writeByte(request.version().code() | Frame.RESPONSE_BIT)
        .writeByte(0)
        .writeShort(request.streamId())
        .writeByte(Opcode.RESULT.code())
        .writeInt(length)
        .toBytes();
  }

  private Connection open(long intervalSeconds, long idleSeconds) {
    one.settings.heartbeatNanos = SimWorld.seconds(intervalSeconds);
    one.settings.idleNanos = SimWorld.seconds(idleSeconds);
    return one.open(ProtocolVersion.V4);
  }

  private void weather(LinkFaults toServer, LinkFaults toClient) {
    one.network.setWeather(
        () -> new SimNetwork.Weather(SimNetwork.Outcome.ACCEPT, 1000, toServer, toClient));
  }
}
