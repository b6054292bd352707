package cqloop.netty.exec;

import static cqloop.netty.sim.SimCluster.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.InvalidQuery;
import cqloop.error.Overloaded;
import cqloop.error.RequestTimeout;
import cqloop.metadata.Node;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.Scripts;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimWorld;
import cqloop.spi.FailedAttempt;
import cqloop.spi.RetryDecision;
import cqloop.spi.RetryPolicy;
import cqloop.spi.RetryVerdict;
import cqloop.spi.SpeculativeExecutionPolicy;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Replies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The time limits of a request and of its attempts, and attempts made to save time. */
class ExecutionTimeTest {

  private static final String PREPARED = "SELECT v FROM t";

  private final SimCluster cluster = new SimCluster(2);

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
  }

  @Test
  void noAttemptBeginsWithLessTimeThanAnswersTake() {
    cluster.client().idempotent = true;
    cluster.start();
    for (int i = 0; i < 40; i++) {
      cluster.thenLater(i % 2, SimWorld.millis(20), Replies.voidResult());
      cluster.client().execute("SELECT 1");
      cluster.world().advance(SimWorld.millis(30));
    }
    SimpleStatement limited = SimpleStatement.of("SELECT 2").withTimeout(Duration.ofMillis(100));
    cluster.thenLater(0, SimWorld.millis(90), Errors.error(Errors.OVERLOADED, "busy"));
    Outcome<RowSet> late = cluster.client().execute(limited);
    cluster.world().advance(SimWorld.millis(120));
    failureOf(late, Overloaded.class);
    assertThat(late.elapsedNanos()).isLessThan(SimWorld.millis(99));
    assertThat(cluster.statements()).hasSize(41);

    cluster.thenLater(1, SimWorld.millis(50), Errors.error(Errors.OVERLOADED, "busy"));
    Outcome<RowSet> inTime = cluster.client().execute(limited);
    cluster.world().advance(SimWorld.millis(120));
    assertThat(inTime.value()).isNotNull();
    assertThat(cluster.statements()).hasSize(43);
  }

  @Test
  void theSpeculationIsToldHowLongAnswersTake() {
    List<Long> told = new ArrayList<>();
    cluster.client().speculation =
        new SpeculativeExecutionPolicy() {
          @Override
          public long nextDelayNanos(Node node, int started) {
            return -1;
          }

          @Override
          public void onLatency(Node node, long latencyNanos) {
            told.add(latencyNanos);
          }
        };
    cluster.thenLater(0, SimWorld.millis(20), Replies.voidResult()).start();
    cluster.client().execute("SELECT 1");
    cluster.world().advance(SimWorld.millis(50));
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).isBetween(SimWorld.millis(20), SimWorld.millis(30));
  }

  @Test
  void theRetryPolicyIsToldWhoAnswered() {
    List<String> told = new ArrayList<>();
    cluster.client().retry =
        new RetryPolicy() {
          @Override
          public RetryVerdict onFailure(FailedAttempt failure) {
            told.add("failed " + failure.node().endpoint());
            return RetryVerdict.RETRY_NEXT;
          }

          @Override
          public void onSuccess(Node node) {
            told.add("answered " + node.endpoint());
          }
        };
    cluster.client().idempotent = true;
    cluster.then(0, Errors.error(Errors.OVERLOADED, "busy")).start();
    cluster.client().execute("SELECT 1");
    cluster.soon();
    assertThat(told).containsExactly("failed 10.0.0.1:9042", "answered 10.0.0.2:9042");
  }

  @Test
  void failsWhenNobodyAnswersInTime() {
    cluster.client().timeoutNanos = SimWorld.millis(500);
    cluster.thenSilence(0).start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT 1");
    cluster.world().advance(SimWorld.seconds(1));
    RequestTimeout timeout = failureOf(outcome, RequestTimeout.class);
    assertThat(outcome.elapsedNanos()).isBetween(SimWorld.millis(500), SimWorld.millis(510));
    assertThat(timeout.mayHaveBeenExecuted()).isTrue();
    assertThat(timeout).hasMessageContaining("10.0.0.1:9042");
  }

  @Test
  void aStatementSetsItsOwnLimit() {
    cluster.thenSilence(0).start();
    Outcome<RowSet> outcome =
        cluster.client().execute(SimpleStatement.of("SELECT 1").withTimeout(Duration.ofMillis(30)));
    cluster.world().advance(SimWorld.millis(40));
    failureOf(outcome, RequestTimeout.class);
  }

  @Test
  void theLimitCountsWhileARequestWaitsInTheQueue() {
    cluster.client().timeoutNanos = SimWorld.millis(500);
    cluster.client().maxInFlight = 1;
    cluster.thenSilence(0).thenSilence(1).start();
    cluster.client().execute("SELECT 1");
    cluster.client().execute("SELECT 2");
    Outcome<RowSet> waiting =
        cluster
            .client()
            .execute(SimpleStatement.of("SELECT 3").withTimeout(Duration.ofMillis(100)));
    assertThat(cluster.client().engine().room().waiting()).isEqualTo(1);
    cluster.world().advance(SimWorld.millis(110));
    RequestTimeout timeout = failureOf(waiting, RequestTimeout.class);
    assertThat(timeout.mayHaveBeenExecuted()).isFalse();
    assertThat(cluster.client().engine().room().waiting()).isZero();
    assertThat(cluster.statements()).hasSize(2);
  }

  @Test
  void anIdempotentAttemptThatTakesTooLongGoesToTheNextNode() {
    cluster.client().attemptTimeoutNanos = SimWorld.millis(100);
    cluster.client().idempotent = true;
    cluster.thenSilence(0).start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT 1");
    cluster.world().advance(SimWorld.millis(150));
    assertThat(outcome.value()).isNotNull();
    assertThat(outcome.value().executionInfo().failedAttempts()).hasSize(1);
    assertThat(cluster.statements()).containsExactly("0 QUERY", "1 QUERY");
  }

  @Test
  void anAttemptThatTakesTooLongFailsARequestThatMayNotBeRepeated() {
    cluster.client().attemptTimeoutNanos = SimWorld.millis(100);
    cluster.thenSilence(0).start();
    Outcome<RowSet> outcome = cluster.client().execute("INSERT");
    cluster.world().advance(SimWorld.millis(150));
    assertThat(failureOf(outcome, RequestTimeout.class).mayHaveBeenExecuted()).isTrue();
    assertThat(cluster.statements()).containsExactly("0 QUERY");
  }

  @Test
  void theLimitOfAnAttemptBeginsWhenItIsSent() {
    cluster.client().attemptTimeoutNanos = SimWorld.millis(100);
    cluster.client().maxInFlight = 1;
    cluster
        .thenLater(0, SimWorld.millis(90), Replies.voidResult())
        .thenLater(1, SimWorld.millis(90), Replies.voidResult())
        .thenLater(0, SimWorld.millis(50), Replies.voidResult())
        .start();
    cluster.client().execute("SELECT 1");
    cluster.client().execute("SELECT 2");
    Outcome<RowSet> waited = cluster.client().execute("SELECT 3");
    cluster.world().advance(SimWorld.millis(200));
    assertThat(waited.value()).isNotNull();
    assertThat(waited.elapsedNanos()).isGreaterThan(SimWorld.millis(140));
  }

  @Test
  void anAttemptHasOneLimitOverUnpreparedAndAllThatFollows() {
    cluster.client().attemptTimeoutNanos = SimWorld.millis(100);
    cluster.start();
    PreparedStatement prepared = prepare();
    cluster.then(1, Errors.unprepared(Scripts.idOf(PREPARED)));
    Outcome<RowSet> outcome = cluster.client().execute(prepared.bind());
    cluster.soon();
    assertThat(outcome.value()).isNotNull();
    assertThat(cluster.client().engine().deadlines().isEmpty())
        .as("no limit is left behind")
        .isTrue();
  }

  @Test
  void thePrepareOfAnAttemptIsWithinItsLimit() {
    cluster.client().attemptTimeoutNanos = SimWorld.millis(100);
    cluster.start();
    PreparedStatement prepared = prepare();
    cluster.then(1, Errors.unprepared(Scripts.idOf(PREPARED))).thenSilence(1);
    Outcome<RowSet> outcome = cluster.client().execute(prepared.bind());
    cluster.world().advance(SimWorld.millis(150));
    // The request was refused before it could be executed, so it may go on even if not idempotent.
    assertThat(outcome.value()).isNotNull();
    assertThat(cluster.statements())
        .containsExactly("0 PREPARE", "1 EXECUTE", "1 PREPARE", "0 EXECUTE");
  }

  @Test
  void asksOneMoreNodeWhenAnAnswerIsLate() {
    cluster.client().idempotent = true;
    cluster.client().speculation = (node, started) -> started < 1 ? SimWorld.millis(50) : -1;
    cluster.thenLater(0, SimWorld.millis(300), Replies.voidResult()).start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT 1");
    cluster.world().advance(SimWorld.millis(400));
    assertThat(outcome.elapsedNanos()).isBetween(SimWorld.millis(50), SimWorld.millis(60));
    assertThat(outcome.value().executionInfo().speculativeAttempts()).isEqualTo(1);
    assertThat(cluster.statements()).containsExactly("0 QUERY", "1 QUERY");
    assertThat(cluster.client().engine().connections())
        .allSatisfy(connection -> assertThat(connection.inFlight()).isZero());
  }

  @Test
  void doesNotAskAgainWhatMayNotBeRepeated() {
    cluster.client().speculation = (node, started) -> SimWorld.millis(50);
    cluster.thenLater(0, SimWorld.millis(300), Replies.voidResult()).start();
    Outcome<RowSet> outcome = cluster.client().execute("INSERT");
    cluster.world().advance(SimWorld.millis(400));
    assertThat(outcome.value()).isNotNull();
    assertThat(cluster.statements()).containsExactly("0 QUERY");
  }

  @Test
  void speculativeAttemptsCountAsAttempts() {
    cluster.client().idempotent = true;
    cluster.client().maxAttempts = 1;
    cluster.client().speculation = (node, started) -> SimWorld.millis(50);
    cluster.thenLater(0, SimWorld.millis(300), Replies.voidResult()).start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT 1");
    cluster.world().advance(SimWorld.millis(400));
    assertThat(outcome.value()).isNotNull();
    assertThat(cluster.statements()).containsExactly("0 QUERY");
  }

  @Test
  void anAttemptThatWaitsIsNotMadeWhenOthersHaveReachedTheLimit() {
    cluster.client().idempotent = true;
    cluster.client().maxAttempts = 2;
    cluster.client().speculation = (node, started) -> started < 1 ? SimWorld.millis(50) : -1;
    cluster.client().retry = failed -> new RetryVerdict(RetryDecision.RETRY_SAME, 100, null);
    cluster
        .then(0, Errors.error(Errors.OVERLOADED, "busy"))
        .then(1, Errors.error(Errors.OVERLOADED, "busy"))
        .start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT 1");
    cluster.world().advance(SimWorld.millis(400));
    assertThat(failureOf(outcome, Overloaded.class).attempts()).hasSize(2);
    assertThat(cluster.statements()).containsExactly("0 QUERY", "1 QUERY");
  }

  @Test
  void waitsForTheOtherAttemptWhenOneFailsAndNoneIsLeft() {
    cluster.client().idempotent = true;
    cluster.client().maxAttempts = 2;
    cluster.client().speculation = (node, started) -> started < 1 ? SimWorld.millis(50) : -1;
    cluster
        .thenLater(0, SimWorld.millis(100), Replies.voidResult())
        .then(1, Errors.error(Errors.OVERLOADED, "busy"))
        .start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT 1");
    cluster.world().advance(SimWorld.millis(400));
    assertThat(outcome.value()).isNotNull();
  }

  @Test
  void aFailureMayHideTheExecutionOfAnotherAttempt() {
    cluster.client().idempotent = true;
    cluster.client().speculation = (node, started) -> started < 1 ? SimWorld.millis(50) : -1;
    cluster.thenSilence(0).then(1, Errors.error(Errors.INVALID, "no such table")).start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT 1");
    cluster.world().advance(SimWorld.millis(100));
    assertThat(failureOf(outcome, InvalidQuery.class).mayHaveBeenExecuted()).isTrue();
  }

  @Test
  void aRepetitionIsForgottenWhenAnotherAttemptWasAnswered() {
    cluster.client().idempotent = true;
    cluster.client().retry = failure -> new RetryVerdict(RetryDecision.RETRY_NEXT, 100, null);
    cluster.client().speculation = (node, started) -> started < 1 ? SimWorld.millis(50) : -1;
    cluster.then(0, Errors.error(Errors.OVERLOADED, "busy")).start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT 1");
    cluster.world().advance(SimWorld.millis(300));
    assertThat(outcome.value()).isNotNull();
    assertThat(outcome.completions()).isEqualTo(1);
    assertThat(cluster.statements()).containsExactly("0 QUERY", "1 QUERY");
  }

  /** An attempt that waits for its turn has none left when another one has taken it. */
  @Test
  void aRepetitionAndASpeculationTogetherKeepToTheLimitOfAttempts() {
    cluster.client().idempotent = true;
    cluster.client().maxAttempts = 2;
    cluster.client().retry = failure -> new RetryVerdict(RetryDecision.RETRY_NEXT, 100, null);
    cluster.client().speculation = (node, started) -> started < 1 ? SimWorld.millis(50) : -1;
    cluster
        .then(0, Errors.error(Errors.OVERLOADED, "busy"))
        .thenLater(1, SimWorld.millis(200), Replies.voidResult())
        .start();
    Outcome<RowSet> outcome = cluster.client().execute("SELECT 1");
    cluster.world().advance(SimWorld.millis(150));
    assertThat(outcome.isDone()).isFalse();
    cluster.world().advance(SimWorld.millis(200));
    assertThat(outcome.value()).isNotNull();
    assertThat(cluster.statements()).containsExactly("0 QUERY", "1 QUERY");
  }

  private PreparedStatement prepare() {
    Outcome<PreparedStatement> outcome = cluster.client().prepare(PREPARED);
    cluster.soon();
    return outcome.value();
  }
}
