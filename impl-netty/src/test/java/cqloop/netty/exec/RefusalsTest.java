package cqloop.netty.exec;

import static cqloop.netty.sim.SimCluster.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.RowSet;
import cqloop.error.AttemptFailure;
import cqloop.error.ConnectionBusy;
import cqloop.error.ConnectionFailed;
import cqloop.error.NoNodeAvailable;
import cqloop.error.Overloaded;
import cqloop.error.RequestTimeout;
import cqloop.error.SyntaxError;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimWorld;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a failure tells of the nodes that were not sent the request. */
class RefusalsTest {

  private static final Reply BUSY = Errors.error(Errors.OVERLOADED, "busy");

  private SimCluster cluster = new SimCluster(3);

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
  }

  @Test
  void aFailedAttemptDoesNotHideWhyOthersWereNotMade() {
    cluster.client().idempotent = true;
    stop(1);
    stop(2);
    cluster.then(0, BUSY).start();
    Overloaded failure = failureOf(execute("SELECT"), Overloaded.class);
    assertThat(failure.attempts()).extracting(AttemptFailure::node).containsExactly(address(0));
    assertThat(failure.details().refusals()).containsOnlyKeys(address(1), address(2));
    assertThat(failure.details().refusals().values())
        .allSatisfy(reason -> assertThat(reason).isInstanceOf(ConnectionFailed.class));
  }

  @Test
  void whatNoNodeTookIsToldThereToo() {
    stop(0);
    stop(1);
    stop(2);
    cluster.start();
    NoNodeAvailable failure = failureOf(execute("SELECT"), NoNodeAvailable.class);
    assertThat(failure.details().refusals()).isEqualTo(failure.reasons());
  }

  @Test
  void aNodeThatWasAskedAfterAllIsAnAttemptOnly() {
    cluster.client().idempotent = true;
    cluster.server(0).freeze(SimWorld.millis(200));
    cluster.then(1, BUSY).then(2, BUSY).then(0, BUSY).start();
    Outcome<RowSet> outcome = execute("SELECT");
    cluster.world().advance(SimWorld.millis(400));
    Overloaded failure = failureOf(outcome, Overloaded.class);
    assertThat(failure.attempts()).hasSize(3);
    assertThat(failure.details().refusals()).isEmpty();
  }

  @Test
  void aTimeoutTellsThatItWaitedForAConnection() {
    cluster = new SimCluster(1);
    cluster.client().maxInFlight = 1;
    cluster.thenSilence(0).start();
    cluster.client().execute("SELECT 1");
    Outcome<RowSet> waiting = execute("SELECT 2");
    cluster.world().advance(SimWorld.seconds(3));
    RequestTimeout failure = failureOf(waiting, RequestTimeout.class);
    assertThat(failure.attempts()).isEmpty();
    assertThat(failure.details().refusals()).containsOnlyKeys(address(0));
    assertThat(failure.details().refusals().get(address(0))).isInstanceOf(ConnectionBusy.class);
  }

  @Test
  void anErrorThatIsNotRepeatedStillTellsWhoseTurnCameBefore() {
    cluster.server(0).freeze(SimWorld.millis(200));
    cluster.then(1, Errors.error(Errors.SYNTAX_ERROR, "no")).start();
    SyntaxError failure = failureOf(execute("SELEC"), SyntaxError.class);
    assertThat(failure.details().refusals()).containsOnlyKeys(address(0));
    assertThat(failure.details().refusals().get(address(0)))
        .hasMessageContaining("no connection is open yet");
  }

  @Test
  void onlyTheFirstOfManyAreTold() {
    cluster = new SimCluster(20);
    cluster.client().idempotent = true;
    for (int node = 1; node < 20; node++) {
      stop(node);
    }
    cluster.then(0, BUSY).start();
    Overloaded failure = failureOf(execute("SELECT"), Overloaded.class);
    assertThat(failure.details().refusals()).hasSize(16);
    assertThat(failure.details().refusals().keySet()).startsWith(address(1), address(2));
  }

  private void stop(int node) {
    cluster.network().stopListening(cluster.server(node).address());
  }

  private Outcome<RowSet> execute(String cql) {
    Outcome<RowSet> outcome = cluster.client().execute(cql);
    cluster.soon();
    return outcome;
  }

  private static String address(int node) {
    return "10.0.0." + (node + 1) + ":9042";
  }
}
