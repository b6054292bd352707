package cqloop.netty.exec;

import static cqloop.netty.sim.SimCluster.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.BatchStatement;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.StatementSettings;
import cqloop.error.RequestTimeout;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimWorld;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limit of one attempt, set by statements of each kind and not by their profile. */
class AttemptTimeoutTest {

  private static final Duration LIMIT = Duration.ofMillis(100);

  private final SimCluster cluster = new SimCluster(2);

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
  }

  @Test
  void aStatementHasItsOwn() {
    cluster.thenSilence(0).start();
    goesOnAfterTheLimit(SimpleStatement.of("SELECT 1").withAttemptTimeout(LIMIT));
  }

  @Test
  void aBatchHasItsOwnAndNotThatOfItsChildren() {
    cluster.thenSilence(0).start();
    SimpleStatement child =
        SimpleStatement.of("INSERT 1").withAttemptTimeout(Duration.ofMillis(10));
    goesOnAfterTheLimit(BatchStatement.unlogged(child).withAttemptTimeout(LIMIT));
  }

  @Test
  void boundStatementsHaveThatOfWhatWasPrepared() {
    cluster.start();
    Outcome<PreparedStatement> prepared = cluster.client().prepare("SELECT v FROM t");
    cluster.soon();
    cluster.thenSilence(1);
    goesOnAfterTheLimit(
        prepared
            .value()
            .withSettings(StatementSettings.NONE.toBuilder().attemptTimeout(LIMIT).build())
            .bind());
  }

  @Test
  void zeroTakesTheLimitOfTheProfileAway() {
    cluster.client().attemptTimeoutNanos = SimWorld.millis(50);
    cluster.client().timeoutNanos = SimWorld.millis(500);
    cluster.thenSilence(0).start();
    Outcome<RowSet> outcome =
        cluster
            .client()
            .execute(
                SimpleStatement.of("SELECT 1")
                    .withIdempotent(true)
                    .withAttemptTimeout(Duration.ZERO));
    cluster.world().advance(SimWorld.seconds(1));
    assertThat(failureOf(outcome, RequestTimeout.class).limit()).isEqualTo(Duration.ofMillis(500));
    assertThat(cluster.statements()).hasSize(1);
  }

  @Test
  void aNegativeOneIsRefused() {
    assertThatThrownBy(() -> SimpleStatement.of("x").withAttemptTimeout(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Attempt timeout must not be negative");
    cluster.start();
  }

  private void goesOnAfterTheLimit(Statement<?> statement) {
    Outcome<RowSet> outcome = cluster.client().execute(statement.withIdempotent(true));
    cluster.world().advance(SimWorld.millis(200));
    assertThat(outcome.value().executionInfo().failedAttempts())
        .singleElement()
        .satisfies(failed -> assertThat(failed.error()).isInstanceOf(RequestTimeout.class));
    assertThat(outcome.elapsedNanos()).isBetween(SimWorld.millis(100), SimWorld.millis(120));
  }
}
