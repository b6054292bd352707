package cqloop.netty.exec;

import static cqloop.netty.sim.SimCluster.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.RowSet;
import cqloop.error.NoNodeAvailable;
import cqloop.error.Overloaded;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimWorld;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that have no connection yet when their turn comes, and what is asked in their place. */
class PassedOverTest {

  private static final long STARTING = SimWorld.millis(200);
  private static final Reply SHUTTING_DOWN = Errors.error(Errors.OVERLOADED, "shutting down");

  private final SimCluster cluster = new SimCluster(3);

  /** Nodes 0 and 1 accept connections, and take their time to serve them. */
  @BeforeEach
  void twoOfThreeAreSlowToBegin() {
    cluster.client().idempotent = true;
    cluster.server(0).freeze(STARTING);
    cluster.server(1).freeze(STARTING);
  }

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
  }

  @Test
  void areAskedWhenTheNodeInTheirPlaceFails() {
    cluster.then(2, SHUTTING_DOWN).start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT");
    cluster.soon();
    assertThat(outcome.isDone()).isFalse();
    cluster.world().advance(STARTING);
    assertThat(outcome.value()).isNotNull();
    assertThat(cluster.statements()).containsExactly("2 QUERY", "0 QUERY");
  }

  @Test
  void areAskedOneAfterTheOther() {
    cluster.then(2, SHUTTING_DOWN).then(0, SHUTTING_DOWN).start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT");
    cluster.world().advance(STARTING);
    assertThat(outcome.value()).isNotNull();
    assertThat(cluster.statements()).containsExactly("2 QUERY", "0 QUERY", "1 QUERY");
  }

  @Test
  void areAskedOnceEach() {
    cluster.then(2, SHUTTING_DOWN).then(0, SHUTTING_DOWN).then(1, SHUTTING_DOWN).start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT");
    cluster.world().advance(STARTING);
    assertThat(failureOf(outcome, Overloaded.class).attempts()).hasSize(3);
    assertThat(cluster.statements()).containsExactly("2 QUERY", "0 QUERY", "1 QUERY");
  }

  @Test
  void theNextOneServesWhenTheOneThatIsWaitedForFails() {
    cluster.network().stopListening(cluster.server(2).address());
    cluster.start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT");
    cluster.soon();
    cluster.server(0).hangUp(() -> true);
    cluster.soon();
    assertThat(outcome.isDone()).isFalse();
    cluster.world().advance(STARTING);
    assertThat(outcome.value()).isNotNull();
    assertThat(cluster.statements()).containsExactly("1 QUERY");
  }

  @Test
  void noneIsWaitedForThatCannotBeReached() {
    cluster.network().stopListening(cluster.server(2).address());
    cluster.start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT");
    cluster.soon();
    cluster.server(1).hangUp(() -> true);
    cluster.soon();
    assertThat(outcome.isDone()).isFalse();
    cluster.server(0).hangUp(() -> true);
    cluster.soon();
    assertThat(failureOf(outcome, NoNodeAvailable.class).getMessage())
        .contains("10.0.0.1:9042", "10.0.0.2:9042", "10.0.0.3:9042");
  }

  @Test
  void aSpeculativeAttemptAsksThemToo() {
    long patience = 2 * STARTING;
    cluster.client().speculation = (node, started) -> started < 1 ? patience : -1;
    cluster.thenSilence(2).start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT");
    cluster.world().advance(patience + SimCluster.SOON);
    assertThat(outcome.value()).isNotNull();
    assertThat(cluster.statements()).containsExactly("2 QUERY", "1 QUERY");
  }

  /** Who helps does not wait: that is left to the attempt that is helped, and it finds them. */
  @Test
  void aSpeculativeAttemptLeavesThemToTheFirst() {
    cluster.client().speculation = (node, started) -> started < 1 ? STARTING / 4 : -1;
    cluster.thenLater(2, STARTING / 2, SHUTTING_DOWN).start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT");
    cluster.world().advance(STARTING + SimCluster.SOON);
    assertThat(outcome.value()).isNotNull();
    assertThat(cluster.statements()).containsExactly("2 QUERY", "0 QUERY");
  }
}
