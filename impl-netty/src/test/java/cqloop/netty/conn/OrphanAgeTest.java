package cqloop.netty.conn;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.ProtocolVersion;
import cqloop.netty.sim.SimWorld;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** D2: how long the answer to a request that was given up may be awaited. */
class OrphanAgeTest {

  private final OneServer one = new OneServer();

  @AfterEach
  void nothingIsLeft() {
    one.assertNothingIsLeft();
  }

  @Test
  void anOrphanThatIsTooOldRetiresItAndLiveRequestsEndFirst() {
    one.settings.maxOrphanAgeNanos = SimWorld.seconds(40);
    Connection connection = openWithAnOrphan();
    one.world.advance(SimWorld.millis(39_900));
    assertThat(connection.canSend()).isTrue();

    one.thenDo(
        (peer, request) -> peer.answerLater(request, SimWorld.seconds(15), Replies.voidResult()));
    OneServer.Answer live = one.send(connection, "SELECT");
    one.world.advance(SimWorld.millis(10_200));
    assertThat(one.events).as("a quarter later at the latest").containsExactly("retired");
    assertThat(connection.canSend()).isFalse();
    one.world.advance(SimWorld.seconds(6));
    assertThat(live.opcode).isEqualTo(Opcode.RESULT.code());
    assertThat(one.events).containsExactly("retired", "closed");
  }

  @Test
  void orphansThatAreAnsweredInTimeDoNotHarmIt() {
    one.settings.maxOrphanAgeNanos = SimWorld.seconds(40);
    one.settings.heartbeatNanos = 0;
    Connection connection = one.open(ProtocolVersion.V4);
    for (int i = 0; i < 30; i++) {
      one.thenDo(
          (peer, request) -> peer.answerLater(request, SimWorld.seconds(39), Replies.voidResult()));
      OneServer.Answer late = one.send(connection, "SELECT");
      one.soon();
      one.loop.run(() -> connection.abandon(late));
      one.world.advance(SimWorld.seconds(7));
    }
    one.world.advance(SimWorld.seconds(40));
    assertThat(connection.orphans()).isZero();
    assertThat(one.events).isEmpty();
    assertThat(connection.canSend()).isTrue();
  }

  @Test
  void withoutALimitOfAgeAnOrphanMayWaitForEver() {
    one.settings.maxOrphanAgeNanos = 0;
    Connection connection = openWithAnOrphan();
    one.world.advance(SimWorld.seconds(100_000));
    assertThat(connection.canSend()).isTrue();
  }

  private Connection openWithAnOrphan() {
    one.settings.heartbeatNanos = 0;
    Connection connection = one.open(ProtocolVersion.V4);
    one.thenSilence();
    OneServer.Answer silent = one.send(connection, "SELECT");
    one.soon();
    one.loop.run(() -> connection.abandon(silent));
    return connection;
  }
}
