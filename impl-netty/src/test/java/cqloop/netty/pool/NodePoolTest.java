package cqloop.netty.pool;

import static cqloop.netty.sim.SimCluster.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.ConnectionClosed;
import cqloop.error.NoNodeAvailable;
import cqloop.error.SessionClosed;
import cqloop.netty.conn.NodeLoads;
import cqloop.netty.sim.LinkFaults;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimClient;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimNetwork;
import cqloop.netty.sim.SimServerConnection;
import cqloop.netty.sim.SimWorld;
import cqloop.spi.ReconnectionPolicy;
import cqloop.testkit.fake.Replies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodePoolTest {

  private final SimCluster cluster = new SimCluster(1);
  private final SimClient client = cluster.client();

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
  }

  @Test
  void opensItsConnectionsOneAfterTheOther() {
    client.connectionsPerNode = 4;
    cluster.start();
    assertThat(client.engine().connections()).hasSize(4);
    List<Long> times = cluster.network().connectTimes();
    assertThat(times).hasSize(4).doesNotHaveDuplicates();
    assertThat(client.events()).containsExactly("up 10.0.0.1:9042");
  }

  @Test
  void picksTheLeastBusyConnection() {
    client.connectionsPerNode = 3;
    cluster.start();
    for (int i = 0; i < 9; i++) {
      cluster.thenSilence(0);
      client.execute("SELECT");
    }
    assertThat(client.engine().connections())
        .allSatisfy(connection -> assertThat(connection.inFlight()).isEqualTo(3));
    cluster.soon();
  }

  @Test
  void followsASizeThatChanges() {
    client.connectionsPerNode = 3;
    cluster.start();
    cluster.thenLater(0, SimWorld.seconds(1), Replies.voidResult());
    Outcome<RowSet> outcome = client.execute("SELECT");
    resize(1);
    assertThat(client.engine().connections()).hasSize(1);
    assertThat(openAtServer()).as("one of them ends its request first").isBetween(1L, 2L);

    resize(4);
    assertThat(client.engine().connections()).hasSize(4);
    cluster.world().advance(SimWorld.seconds(10));
    assertThat(openAtServer()).isEqualTo(4);
    assertThat(outcome.value()).isNotNull();
    assertThat(client.events()).containsExactly("up 10.0.0.1:9042");
  }

  /** Keys were read again, and the node stalls: closing does not wait for it. */
  @Test
  void closingGivesUpTheConnectionThatWasToReplaceAnother() {
    cluster.start();
    cluster.server(0).setScript((connection, request) -> {});
    cluster.loop().run(() -> pool().renew(client.engine().connections().get(0)));
    cluster.soon();
    assertThat(openAtServer()).isEqualTo(2);

    cluster.loop().run(client.engine()::closeNow);
    cluster.soon();
    assertThat(openAtServer()).isZero();
  }

  @Test
  void aConnectionThatIsOpenedTooLateForItsPlaceIsClosed() {
    client.connectionsPerNode = 2;
    client.start(1);
    while (client.engine().connections().isEmpty()) {
      cluster.world().advance(SimWorld.millis(1) / 10);
    }
    cluster.loop().run(() -> pool().resize(1));
    cluster.soon();
    assertThat(client.engine().connections()).hasSize(1);
    assertThat(cluster.network().connectTimes()).hasSize(2);
    assertThat(openAtServer()).isEqualTo(1);
  }

  private NodePool pool() {
    return client.engine().pool(client.shared().topology().nodes().get(0));
  }

  private void resize(int size) {
    cluster.loop().run(() -> pool().resize(size));
    cluster.soon();
  }

  private long openAtServer() {
    return cluster.server(0).connections().stream().filter(SimServerConnection::isOpen).count();
  }

  @Test
  void theLoadOfANodeIsThatOfTheConnectionsThatTakeRequests() {
    client.connectionsPerNode = 3;
    cluster.start();
    NodeLoads loads = client.engine().loads();
    client.execute("SELECT");
    assertThat(loads.of(0)).isEqualTo(1);
    cluster.soon();
    assertThat(loads.of(0)).isZero();
    for (int i = 0; i < 9; i++) {
      cluster.thenSilence(0);
      client.execute("SELECT");
    }
    assertThat(loads.of(0)).isEqualTo(9);
    assertThat(loads.of(100)).isZero();
    cluster.loop().run(client.engine().connections().get(0)::retire);
    assertThat(loads.of(0)).isEqualTo(6);
    cluster.loop().run(() -> client.engine().connections().get(0).close("test"));
    assertThat(loads.of(0)).isEqualTo(3);
    cluster.loop().run(client.engine()::closeNow);
    assertThat(loads.of(0)).isZero();
  }

  @Test
  void requestsWaitForTheFirstConnection() {
    client.start(1);
    Outcome<RowSet> first = client.execute("SELECT 1");
    Outcome<RowSet> second = client.execute("SELECT 2");
    assertThat(client.engine().room().waiting()).isEqualTo(2);
    cluster.soon();
    assertThat(first.value()).isNotNull();
    assertThat(second.value()).isNotNull();
  }

  @Test
  void requestsThatWaitAreServedInTurn() {
    client.maxInFlight = 1;
    cluster.start();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      cluster.thenLater(0, SimWorld.millis(2), Replies.voidResult());
      client.execute(SimpleStatement.of("SELECT " + i), (rows, failure) -> order.add(number));
    }
    assertThat(client.engine().room().waiting()).isEqualTo(4);
    cluster.soon();
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void requestsThatWaitFailWhenTheFirstConnectionCannotBeOpened() {
    cluster.network().stopListening(SimClient.address(0));
    client.start(1);
    Outcome<RowSet> waiting = client.execute("SELECT");
    cluster.soon();
    assertThat(failureOf(waiting, NoNodeAvailable.class)).hasMessageContaining("refused");
    assertThat(client.events()).containsExactly("down 10.0.0.1:9042");
    failureOf(client.execute("SELECT"), NoNodeAvailable.class);
  }

  @Test
  void triesAgainByTheSchedule() {
    client.reconnection = doubling();
    cluster.network().stopListening(SimClient.address(0));
    cluster.start();
    cluster.world().advance(SimWorld.seconds(20));
    assertThat(delays()).containsExactly(1000L, 2000L, 4000L, 8000L);
    cluster.server(0).listen(cluster.network());
    cluster.world().advance(SimWorld.seconds(16));
    assertThat(client.events()).containsExactly("down 10.0.0.1:9042", "up 10.0.0.1:9042");
  }

  @Test
  void aConnectionThatHadSettledIsReplacedAtOnce() {
    cluster.start();
    cluster.world().advance(SimWorld.seconds(5));
    int before = cluster.network().connectTimes().size();
    cluster.thenReset(0);
    Outcome<RowSet> lost = client.execute("INSERT");
    cluster.soon();
    failureOf(lost, ConnectionClosed.class);
    assertThat(cluster.network().connectTimes()).hasSize(before + 1);
    assertThat(client.engine().connections()).hasSize(1);
  }

  @Test
  void anOldConnectionIsReplacedAtOnceEvenIfAnotherIsYoung() {
    client.connectionsPerNode = 2;
    cluster.start();
    cluster.world().advance(SimWorld.seconds(5));
    resetConnection(0);
    cluster.soon();
    assertThat(cluster.network().connectTimes()).hasSize(3);
    resetConnection(1);
    cluster.soon();
    assertThat(cluster.network().connectTimes()).as("at once").hasSize(4);
    assertThat(client.engine().connections()).hasSize(2);
  }

  @Test
  void aNodeThatHangsUpAtOnceIsAskedEverMoreRarely() {
    client.reconnection = doubling();
    cluster.start();
    for (int i = 0; i < 600; i++) {
      cluster.world().advance(SimWorld.millis(100));
      cluster.server(0).connections().stream()
          .filter(SimServerConnection::isStarted)
          .forEach(connection -> connection.link().resetByServer());
    }
    assertThat(cluster.network().connectTimes().size()).isLessThan(10);
  }

  @Test
  void tellsOnceThatANodeIsDown() {
    cluster.start();
    cluster.world().advance(SimWorld.seconds(5));
    cluster.network().stopListening(SimClient.address(0));
    resetConnection(0);
    cluster.world().advance(SimWorld.seconds(10));
    cluster.server(0).listen(cluster.network());
    cluster.world().advance(SimWorld.seconds(2));
    assertThat(client.events())
        .containsExactly("up 10.0.0.1:9042", "down 10.0.0.1:9042", "up 10.0.0.1:9042");
  }

  @Test
  void requestsWaitWhileALostConnectionIsReplaced() {
    cluster.start();
    cluster.world().advance(SimWorld.seconds(5));
    resetConnection(0);
    cluster.world().advance(SimWorld.millis(1) / 10);
    assertThat(client.engine().connections()).isEmpty();
    Outcome<RowSet> waiting = client.execute("SELECT");
    cluster.soon();
    assertThat(waiting.value()).isNotNull();
  }

  @Test
  void aNodeThatHasLeftLosesItsConnectionsWhenTheirRequestsEnd() {
    cluster.thenLater(0, SimWorld.millis(100), Replies.voidResult());
    client.maxInFlight = 1;
    cluster.start();
    Outcome<RowSet> running = client.execute("INSERT");
    Outcome<RowSet> waiting = client.execute("SELECT");
    cluster.soon();
    cluster.loop().run(() -> client.engine().onTopology(SimClient.topology(0)));
    assertThat(waiting.failure()).as("the session is open").isInstanceOf(NoNodeAvailable.class);
    cluster.world().advance(SimWorld.millis(200));
    assertThat(running.value()).isNotNull();
    assertThat(cluster.network().links()).noneMatch(link -> link.isClientOpen());
    failureOf(client.execute("SELECT"), NoNodeAvailable.class);
  }

  @Test
  void closingNowEndsRequestsOnRetiredConnectionsToo() {
    client.maxOrphans = 0;
    client.timeoutNanos = SimWorld.seconds(30);
    cluster.thenSilence(0).thenSilence(0).start();
    Outcome<RowSet> live = client.execute("INSERT 1");
    Outcome<RowSet> timedOut =
        client.execute(SimpleStatement.of("INSERT 2").withTimeout(Duration.ofMillis(5)));
    cluster.soon();
    assertThat(timedOut.isDone()).isTrue();
    assertThat(live.isDone()).isFalse();
    cluster.loop().run(client.engine()::closeNow);
    failureOf(live, SessionClosed.class);
  }

  @Test
  void closingNowEndsAnAttemptToConnect() {
    client.handshakeNanos = SimWorld.seconds(60);
    cluster
        .network()
        .setWeather(
            () ->
                new SimNetwork.Weather(
                    SimNetwork.Outcome.ACCEPT,
                    1000,
                    LinkFaults.NONE.stalling(0, LinkFaults.FOR_EVER),
                    LinkFaults.NONE));
    cluster.start();
    Outcome<RowSet> waiting = client.execute("SELECT");
    cluster.loop().run(client.engine()::closeNow);
    failureOf(waiting, SessionClosed.class);
    assertThat(client.engine().running()).isZero();
  }

  @Test
  void noTimerIsLeftOfAConnectionThatWasBeingOpened() {
    client.handshakeNanos = SimWorld.seconds(300);
    client.start(1);
    cluster.world().runUntil(() -> !cluster.server(0).connections().isEmpty(), SimCluster.SOON);
    cluster.loop().run(client.engine()::closeNow);
    cluster.world().advance(SimWorld.seconds(1));
    assertThat(cluster.world().planned()).isZero();
  }

  private void resetConnection(int number) {
    cluster.network().links().get(number).resetByServer();
  }

  private static ReconnectionPolicy doubling() {
    return () -> {
      long[] next = {500};
      return () -> next[0] *= 2;
    };
  }

  /** Milliseconds between the attempts to connect. */
  private List<Long> delays() {
    List<Long> times = cluster.network().connectTimes();
    List<Long> delays = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      delays.add((times.get(i) - times.get(i - 1)) / SimWorld.millis(1));
    }
    return delays;
  }
}
