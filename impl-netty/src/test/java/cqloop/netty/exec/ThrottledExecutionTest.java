package cqloop.netty.exec;

import static cqloop.netty.sim.SimCluster.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.ErrorCategory;
import cqloop.error.NoNodeAvailable;
import cqloop.error.RequestThrottled;
import cqloop.error.RequestTimeout;
import cqloop.error.SessionClosed;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimWorld;
import cqloop.spi.Throttle;
import cqloop.testkit.fake.Replies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that a throttle holds back: rules 2.33. */
class ThrottledExecutionTest {

  private final SimCluster cluster = new SimCluster(1);
  private final Concurrency throttle = new Concurrency();

  /** Two at a time, three that wait. */
  private static final class Concurrency implements Throttle {
    int limit = 2;
    int running;
    int ended;

    @Override
    public long tryBegin() {
      if (running >= limit) {
        return AFTER_AN_END;
      }
      running++;
      return 0;
    }

    @Override
    public void onEnd() {
      running--;
      ended++;
    }

    @Override
    public int maxWaiting() {
      return 3;
    }
  }

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
    assertThat(throttle.running).as("requests that never told their end").isZero();
    if (cluster.client().engine().admissions() != null) {
      assertThat(cluster.client().engine().admissions().waiting().get()).isZero();
    }
  }

  @Test
  void withoutAThrottleNobodyIsAsked() {
    cluster.start();
    assertThat(cluster.client().execute("SELECT 1")).isNotNull();
    cluster.soon();
    assertThat(cluster.client().engine().admissions()).isNull();
  }

  @Test
  void theRestWaitsInOrderAndTheFirstTooManyFailsAtOnce() {
    start();
    List<Outcome<RowSet>> outcomes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      cluster.thenLater(0, SimWorld.millis(10), Replies.voidResult());
      outcomes.add(cluster.client().execute("SELECT " + i));
    }
    RequestThrottled refused = failureOf(outcomes.get(5), RequestThrottled.class);
    assertThat(refused.limit()).isEqualTo(3);
    assertThat(refused.category()).isEqualTo(ErrorCategory.BUSY);
    assertThat(refused.mayHaveBeenExecuted()).isFalse();
    assertThat(refused).hasMessageContaining("request.throttle");
    assertThat(waiting()).isEqualTo(3);
    assertThat(cluster.client().engine().admissions().refused().get()).isEqualTo(1);
    cluster.world().advance(SimWorld.millis(1));
    assertThat(cluster.statements()).hasSize(2);
    cluster.world().advance(SimWorld.millis(60));
    for (int i = 0; i < 5; i++) {
      assertThat(outcomes.get(i).value()).as("request %d", i).isNotNull();
    }
    assertThat(outcomes.get(4).elapsedNanos()).isGreaterThan(outcomes.get(2).elapsedNanos());
    assertThat(throttle.ended).isEqualTo(5);
  }

  @Test
  void waitingCountsInTheTimeoutAndGivesTheReasonThatNothingWasSent() {
    cluster.client().timeoutNanos = SimWorld.seconds(1);
    start();
    cluster.thenSilence(0).thenSilence(0);
    cluster.client().execute("SELECT 1");
    cluster.client().execute("SELECT 2");
    Outcome<RowSet> waiting =
        cluster
            .client()
            .execute(SimpleStatement.of("SELECT 3").withTimeout(Duration.ofMillis(100)));
    cluster.world().advance(SimWorld.millis(110));
    RequestTimeout timeout = failureOf(waiting, RequestTimeout.class);
    assertThat(timeout.mayHaveBeenExecuted()).isFalse();
    assertThat(timeout.attemptsStarted()).isZero();
    assertThat(waiting()).isZero();
    assertThat(cluster.statements()).hasSize(2);
    // Those that time out make room.
    Outcome<RowSet> later = cluster.client().execute("SELECT 4");
    cluster.world().advance(SimWorld.seconds(1));
    assertThat(later.value()).isNotNull();
    assertThat(throttle.ended).isEqualTo(3);
  }

  @Test
  void theLimitOfAnAttemptBeginsWhenItIsSent() {
    throttle.limit = 1;
    cluster.client().attemptTimeoutNanos = SimWorld.millis(100);
    start();
    cluster
        .thenLater(0, SimWorld.millis(90), Replies.voidResult())
        .thenLater(0, SimWorld.millis(90), Replies.voidResult());
    cluster.client().execute("SELECT 1");
    Outcome<RowSet> waited = cluster.client().execute("SELECT 2");
    cluster.world().advance(SimWorld.millis(200));
    assertThat(waited.value()).isNotNull();
    assertThat(waited.elapsedNanos()).isGreaterThan(SimWorld.millis(170));
  }

  @Test
  void closingFailsThoseThatWaitAndLetsTheOthersEnd() {
    start();
    cluster
        .thenLater(0, SimWorld.millis(50), Replies.voidResult())
        .thenLater(0, SimWorld.millis(50), Replies.voidResult());
    Outcome<RowSet> one = cluster.client().execute("SELECT 1");
    Outcome<RowSet> two = cluster.client().execute("SELECT 2");
    Outcome<RowSet> waiting = cluster.client().execute("SELECT 3");
    cluster.loop().run(cluster.client().engine()::closeWhenIdle);
    assertThat(failureOf(waiting, SessionClosed.class).mayHaveBeenExecuted()).isFalse();
    assertThat(cluster.client().idleCalls()).isZero();
    cluster.world().advance(SimWorld.millis(60));
    assertThat(one.value()).isNotNull();
    assertThat(two.value()).isNotNull();
    assertThat(cluster.client().idleCalls()).isEqualTo(1);
    failureOf(cluster.client().execute("SELECT 4"), SessionClosed.class);
  }

  @Test
  void thousandsThatFailOneAfterTheOtherDoNotNest() {
    Concurrency one = throttle;
    one.limit = 1;
    cluster.client().throttle =
        new Throttle() {
          @Override
          public long tryBegin() {
            return one.tryBegin();
          }

          @Override
          public void onEnd() {
            one.onEnd();
          }

          @Override
          public int maxWaiting() {
            return 100_000;
          }
        };
    cluster.start();
    cluster.thenSilence(0);
    cluster.client().execute(SimpleStatement.of("SELECT 1").withTimeout(Duration.ofMillis(5)));
    // They name a node that does not exist, so each ends in the moment it begins.
    List<Outcome<RowSet>> outcomes = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      outcomes.add(cluster.client().execute(SimpleStatement.of("SELECT 2").withNode("10.9.9.9:1")));
    }
    assertThat(waiting()).isEqualTo(50_000);
    cluster.soon();
    for (Outcome<RowSet> outcome : outcomes) {
      failureOf(outcome, NoNodeAvailable.class);
    }
    assertThat(throttle.ended).isEqualTo(50_001);
  }

  @Test
  void aThrottleOfTimeIsAskedAgainInTime() {
    long[] next = {0};
    cluster.client().throttle =
        new Throttle() {
          @Override
          public long tryBegin() {
            long now = cluster.world().elapsedNanos();
            if (now < next[0]) {
              return next[0] - now;
            }
            next[0] = now + SimWorld.millis(10);
            return 0;
          }

          @Override
          public int maxWaiting() {
            return 10;
          }
        };
    cluster.start();
    List<Outcome<RowSet>> outcomes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      outcomes.add(cluster.client().execute("SELECT " + i));
    }
    cluster.world().advance(SimWorld.millis(60));
    for (int i = 0; i < 5; i++) {
      assertThat(outcomes.get(i).value()).isNotNull();
      assertThat(outcomes.get(i).elapsedNanos())
          .isBetween(SimWorld.millis(i * 10L), SimWorld.millis(i * 10L + 5));
    }
  }

  @Test
  void aThrottleThatWaitsForAnEndThatCannotComeIsNotObeyed() {
    cluster.client().throttle =
        new Throttle() {
          @Override
          public long tryBegin() {
            return AFTER_AN_END;
          }

          @Override
          public int maxWaiting() {
            return 10;
          }
        };
    cluster.start();
    Outcome<RowSet> first = cluster.client().execute("SELECT 1");
    Outcome<RowSet> second = cluster.client().execute("SELECT 2");
    cluster.soon();
    assertThat(first.value()).isNotNull();
    assertThat(second.value()).isNotNull();
  }

  private void start() {
    cluster.client().throttle = throttle;
    cluster.start();
  }

  private long waiting() {
    return cluster.client().engine().admissions().waiting().get();
  }
}
