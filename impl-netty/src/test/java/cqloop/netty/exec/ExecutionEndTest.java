package cqloop.netty.exec;

import static cqloop.netty.sim.SimCluster.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.RowSet;
import cqloop.error.NoNodeAvailable;
import cqloop.error.RequestQueueFull;
import cqloop.error.SessionClosed;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimServerConnection;
import cqloop.netty.sim.SimWorld;
import cqloop.testkit.fake.Replies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends a request other than its answers: no node, no room, no session. */
class ExecutionEndTest {

  private final SimCluster cluster = new SimCluster(3);

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
  }

  @Test
  void failsWhenThereIsNoNode() {
    for (int node = 0; node < 3; node++) {
      cluster.network().stopListening(cluster.server(node).address());
    }
    cluster.start();
    NoNodeAvailable failure = failureOf(cluster.client().execute("SELECT"), NoNodeAvailable.class);
    assertThat(failure).hasMessageContaining("10.0.0.3:9042");
  }

  @Test
  void failsWhenTheQueueIsFull() {
    cluster.client().maxInFlight = 1;
    cluster.client().queueSize = 2;
    cluster.start();
    for (int node = 0; node < 3; node++) {
      cluster.thenSilence(node);
      cluster.client().execute("SELECT 1");
    }
    cluster.client().execute("SELECT 2");
    cluster.client().execute("SELECT 3");
    failureOf(cluster.client().execute("SELECT 4"), RequestQueueFull.class);
  }

  @Test
  void closingFailsWhatRunsAndWhatComes() {
    cluster.thenSilence(0);
    cluster.start();
    Outcome<RowSet> running = cluster.client().execute("INSERT");
    cluster.soon();
    cluster.loop().run(cluster.client().engine()::closeNow);
    assertThat(failureOf(running, SessionClosed.class).mayHaveBeenExecuted()).isTrue();
    Outcome<RowSet> late = cluster.client().execute("INSERT");
    assertThat(failureOf(late, SessionClosed.class).mayHaveBeenExecuted()).isFalse();
  }

  @Test
  void closingTellsEachWaitingRequestWhatBecameOfIt() {
    cluster.client().maxInFlight = 1;
    cluster.client().idempotent = true;
    cluster.thenReset(0);
    cluster.thenSilence(1).thenSilence(2).thenSilence(0);
    cluster.start();
    Outcome<RowSet> sentBefore = cluster.client().execute("SELECT 1");
    cluster.client().execute("SELECT 2");
    cluster.client().execute("SELECT 3");
    cluster.world().advance(SimWorld.millis(1100));
    cluster.client().execute("SELECT 4");
    Outcome<RowSet> neverSent = cluster.client().execute("SELECT 5");
    assertThat(cluster.client().engine().room().waiting()).isEqualTo(2);
    cluster.loop().run(cluster.client().engine()::closeNow);
    assertThat(failureOf(sentBefore, SessionClosed.class).mayHaveBeenExecuted()).isTrue();
    assertThat(failureOf(neverSent, SessionClosed.class).mayHaveBeenExecuted()).isFalse();
  }

  @Test
  void closingWhenIdleWaitsForWhatRuns() {
    cluster.thenLater(0, SimWorld.millis(100), Replies.voidResult());
    cluster.start();
    Outcome<RowSet> running = cluster.client().execute("INSERT");
    cluster.loop().run(cluster.client().engine()::closeWhenIdle);
    cluster.soon();
    assertThat(running.isDone()).isFalse();
    cluster.world().advance(SimWorld.millis(100));
    assertThat(running.value()).isNotNull();
    assertThat(cluster.client().idleCalls()).isEqualTo(1);
    assertThat(cluster.server(0).connections()).noneMatch(SimServerConnection::isOpen);
  }
}
