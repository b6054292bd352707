package cqloop.netty.exec;

import static cqloop.netty.sim.SimCluster.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.error.AttemptFailure;
import cqloop.error.ConnectionBusy;
import cqloop.error.InvalidQuery;
import cqloop.error.PreparedStatementChanged;
import cqloop.error.RequestTimeout;
import cqloop.netty.engine.Repreparations;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.Scripts;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimWorld;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many requests meet a node that has forgotten their statement: scenario C4. */
class SharedRepreparationTest {

  private static final String TEXT = "SELECT v FROM t";
  private static final Reply FORGOTTEN = Errors.unprepared(Scripts.idOf(TEXT));
  private static final Reply PREPARED = Replies.prepared().id(Scripts.idOf(TEXT));

  private SimCluster cluster = new SimCluster(1);
  private PreparedStatement prepared;

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
  }

  @Test
  void aThousandThatAreRefusedLeadToOnePreparePerConnection() {
    cluster = new SimCluster(2);
    prepare();
    forgets(0, 500);
    forgets(1, 500);
    List<Outcome<RowSet>> all = execute(1000);
    cluster.soon();
    assertThat(all)
        .allSatisfy(one -> assertThat(one.value().executionInfo().failedAttempts()).isEmpty());
    assertPrepares(2);
    assertThat(cluster.count(Opcode.EXECUTE)).isEqualTo(2000);
  }

  @Test
  void whoIsRefusedAfterThePrepareOfAnotherIsOnlySentAgain() {
    prepare();
    cluster.then(0, FORGOTTEN).thenLater(0, SimWorld.millis(8), FORGOTTEN);
    List<Outcome<RowSet>> all = execute(2);
    cluster.soon();
    assertThat(all).allSatisfy(one -> assertThat(one.value()).isNotNull());
    assertPrepares(1);
    assertThat(cluster.count(Opcode.EXECUTE)).isEqualTo(4);
  }

  @Test
  void whatIsForgottenOnceMoreIsPreparedOnceMore() {
    prepare();
    for (int round = 1; round <= 3; round++) {
      forgets(0, 10);
      List<Outcome<RowSet>> all = execute(10);
      cluster.soon();
      assertThat(all).allSatisfy(one -> assertThat(one.value()).isNotNull());
      assertPrepares(round);
    }
  }

  @Test
  void whatTheServerRefusesToPrepareFailsAllWithAnErrorEach() {
    prepare();
    forgets(0, 3);
    cluster.then(0, Errors.error(Errors.INVALID, "no such table"));
    List<Outcome<RowSet>> all = execute(3);
    cluster.soon();
    List<InvalidQuery> failures = new ArrayList<>();
    all.forEach(one -> failures.add(failureOf(one, InvalidQuery.class)));
    assertThat(failures).doesNotHaveDuplicates();
    assertThat(failures).allSatisfy(one -> assertThat(one.attempts()).hasSize(1));
    assertPrepares(1);
  }

  @Test
  void anotherIdFailsAll() {
    prepare();
    forgets(0, 3);
    cluster.then(0, Replies.prepared().id((byte) 1, (byte) 2));
    List<Outcome<RowSet>> all = execute(3);
    cluster.soon();
    all.forEach(one -> failureOf(one, PreparedStatementChanged.class));
    assertThat(cluster.count(Opcode.EXECUTE)).isEqualTo(3);
    assertPrepares(1);
  }

  @Test
  void aLostConnectionSendsAllToTheNextNode() {
    cluster = new SimCluster(2);
    prepare();
    cluster.then(1, FORGOTTEN).then(1, FORGOTTEN).thenReset(1);
    List<Outcome<RowSet>> all = execute(4);
    cluster.soon();
    List<AttemptFailure> lost = new ArrayList<>();
    all.forEach(one -> lost.addAll(one.value().executionInfo().failedAttempts()));
    assertThat(lost).hasSize(2).doesNotHaveDuplicates();
    assertThat(lost.get(0).error()).isNotSameAs(lost.get(1).error());
    assertPrepares(1);
  }

  @Test
  void aDamagedAnswerSendsAllToTheNextNode() {
    cluster = new SimCluster(2);
    prepare();
    cluster.then(1, FORGOTTEN).then(1, FORGOTTEN).then(1, Replies.raw(Opcode.RESULT, (byte) 0));
    List<Outcome<RowSet>> all = execute(4);
    cluster.soon();
    assertThat(all).allSatisfy(one -> assertThat(one.value()).isNotNull());
    assertPrepares(1);
  }

  @Test
  void oneThatGivesUpLeavesThePrepareToTheOthers() {
    prepare();
    forgets(0, 2);
    cluster.thenLater(0, SimWorld.millis(12), PREPARED);
    Outcome<RowSet> hasty =
        cluster.client().execute(prepared.bind().withTimeout(Duration.ofMillis(6)));
    Outcome<RowSet> patient = cluster.client().execute(prepared.bind());
    cluster.soon();
    assertThat(failureOf(hasty, RequestTimeout.class).mayHaveBeenExecuted()).isFalse();
    assertThat(patient.value()).isNotNull();
    assertThat(cluster.connection().orphans()).isZero();
    assertPrepares(1);
  }

  @Test
  void theLastToGiveUpLeavesAnOrphanAndTheNextPreparesAnew() {
    prepare();
    forgets(0, 2);
    cluster.thenSilence(0);
    Duration hasty = Duration.ofMillis(6);
    Outcome<RowSet> one = cluster.client().execute(prepared.bind().withTimeout(hasty));
    Outcome<RowSet> other = cluster.client().execute(prepared.bind().withTimeout(hasty));
    cluster.soon();
    failureOf(one, RequestTimeout.class);
    failureOf(other, RequestTimeout.class);
    assertThat(cluster.connection().orphans()).isEqualTo(1);
    forgets(0, 1);
    Outcome<RowSet> next = cluster.client().execute(prepared.bind());
    cluster.soon();
    assertThat(next.value()).isNotNull();
    assertPrepares(2);
  }

  @Test
  void thoseWhoFindNoRoomAfterThePrepareWaitForIt() {
    cluster.client().maxInFlight = 4;
    prepare();
    forgets(0, 4);
    // The others take the places of those who wait for PREPARE, and keep them for a while.
    cluster.thenLater(0, SimWorld.millis(4), PREPARED);
    for (int i = 0; i < 3; i++) {
      cluster.thenLater(0, SimWorld.millis(10), Replies.voidResult());
    }
    List<Outcome<RowSet>> refused = execute(4);
    List<Outcome<RowSet>> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      others.add(cluster.client().execute("SELECT " + i));
    }
    cluster.soon();
    cluster.soon();
    assertThat(refused).allSatisfy(one -> assertThat(one.value()).isNotNull());
    assertThat(others).allSatisfy(one -> assertThat(one.value()).isNotNull());
    assertPrepares(1);
  }

  @Test
  void noMoreWaitThanMay() {
    cluster.client().maxInFlight = Repreparations.MAX_WAITING + 100;
    prepare();
    forgets(0, Repreparations.MAX_WAITING + 1);
    List<Outcome<RowSet>> all = execute(Repreparations.MAX_WAITING + 1);
    cluster.soon();
    failureOf(all.remove(Repreparations.MAX_WAITING), ConnectionBusy.class);
    assertThat(all).allSatisfy(one -> assertThat(one.value()).isNotNull());
    assertPrepares(1);
  }

  /** The next requests that reach the node are refused. */
  private void forgets(int node, int requests) {
    for (int i = 0; i < requests; i++) {
      cluster.then(node, FORGOTTEN);
    }
  }

  private void prepare() {
    cluster.start();
    Outcome<PreparedStatement> outcome = cluster.client().prepare(TEXT);
    cluster.soon();
    prepared = outcome.value();
  }

  private List<Outcome<RowSet>> execute(int requests) {
    List<Outcome<RowSet>> all = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      all.add(cluster.client().execute(prepared.bind()));
    }
    return all;
  }

  /** Besides the first one. */
  private void assertPrepares(int expected) {
    assertThat(cluster.count(Opcode.PREPARE) - 1).as("PREPAREs").isEqualTo(expected);
  }
}
