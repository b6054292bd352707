package cqloop.netty.exec;

import static cqloop.netty.sim.SimCluster.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.AttemptFailure;
import cqloop.error.CasWriteUnknown;
import cqloop.error.ConnectionClosed;
import cqloop.error.CqlException;
import cqloop.error.FrameTooLarge;
import cqloop.error.InvalidQuery;
import cqloop.error.Overloaded;
import cqloop.error.ProtocolViolation;
import cqloop.error.ReadFailure;
import cqloop.error.ReadTimeout;
import cqloop.error.ServerError;
import cqloop.error.SyntaxError;
import cqloop.error.TruncateError;
import cqloop.error.Unauthorized;
import cqloop.error.Unavailable;
import cqloop.error.UnexpectedResponse;
import cqloop.error.UnknownServerError;
import cqloop.error.WriteFailure;
import cqloop.error.WriteTimeout;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimWorld;
import cqloop.spi.RetryVerdict;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table of rules 2.10, line by line, with the default retry policy. */
class ExecutionDecisionTest {

  private static final int ONE = 1;
  private static final Errors.Responses NONE_OF_ONE = new Errors.Responses(ONE, 0, 1);
  private static final Errors.Responses ONE_OF_ONE = new Errors.Responses(ONE, 1, 1);

  private final SimCluster cluster = new SimCluster(3);

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
  }

  @Test
  void readTimeoutWithoutDataAsksTheSameNodeOnce() {
    cluster.then(0, Errors.readTimeout(ONE_OF_ONE, false));
    assertThat(once("SELECT").value()).isNotNull();
    assertTried("0 QUERY", "0 QUERY");
  }

  @Test
  void readTimeoutIsNotRepeatedTwice() {
    cluster
        .then(0, Errors.readTimeout(ONE_OF_ONE, false))
        .then(0, Errors.readTimeout(ONE_OF_ONE, false));
    failureOf(once("SELECT"), ReadTimeout.class);
    assertTried("0 QUERY", "0 QUERY");
  }

  @Test
  void readTimeoutWithTooFewAnswersIsReturned() {
    cluster.then(0, Errors.readTimeout(NONE_OF_ONE, false));
    failureOf(once("SELECT"), ReadTimeout.class);
    assertTried("0 QUERY");
  }

  @Test
  void writeTimeoutOfTheBatchLogIsRepeatedIfIdempotent() {
    cluster.then(0, Errors.writeTimeout(NONE_OF_ONE, "BATCH_LOG"));
    assertThat(idempotent("BATCH").value()).isNotNull();
    assertTried("0 QUERY", "0 QUERY");
  }

  @Test
  void writeTimeoutIsReturnedUnlessIdempotent() {
    cluster.then(0, Errors.writeTimeout(NONE_OF_ONE, "BATCH_LOG"));
    assertThat(failureOf(once("BATCH"), WriteTimeout.class).mayHaveBeenExecuted()).isTrue();
    assertTried("0 QUERY");
  }

  @Test
  void simpleWriteTimeoutIsReturned() {
    cluster.then(0, Errors.writeTimeout(NONE_OF_ONE, "SIMPLE"));
    failureOf(idempotent("INSERT"), WriteTimeout.class);
    assertTried("0 QUERY");
  }

  @Test
  void unavailableAsksTheNextNodeOnce() {
    cluster.then(0, Errors.unavailable(ONE, 1, 0)).then(1, Errors.unavailable(ONE, 1, 0));
    Unavailable failure = failureOf(once("INSERT"), Unavailable.class);
    assertThat(failure.mayHaveBeenExecuted()).isFalse();
    assertThat(failure.attempts())
        .extracting(AttemptFailure::node)
        .containsExactly("10.0.0.1:9042", "10.0.0.2:9042");
    assertThat(failure.details().node()).isEqualTo("10.0.0.2:9042");
    assertTried("0 QUERY", "1 QUERY");
  }

  @Test
  void troubleOfOneNodeAsksTheNextNodesIfIdempotent() {
    cluster
        .then(0, Errors.error(Errors.OVERLOADED, "busy"))
        .then(1, Errors.error(Errors.SERVER_ERROR, "broken"));
    assertThat(idempotent("SELECT").value()).isNotNull();
    assertTried("0 QUERY", "1 QUERY", "2 QUERY");
  }

  @Test
  void troubleOfOneNodeIsReturnedUnlessIdempotent() {
    assertReturned(Errors.error(Errors.OVERLOADED, "busy"), Overloaded.class);
    assertReturned(Errors.error(Errors.SERVER_ERROR, "broken"), ServerError.class);
    assertReturned(Errors.error(Errors.TRUNCATE_ERROR, "broken"), TruncateError.class);
  }

  @Test
  void endsWithTheLastErrorWhenEveryNodeFailed() {
    for (int node = 0; node < 3; node++) {
      cluster.then(node, Errors.error(Errors.OVERLOADED, "busy"));
    }
    Overloaded failure = failureOf(idempotent("SELECT"), Overloaded.class);
    assertThat(failure.attempts()).hasSize(3);
    assertTried("0 QUERY", "1 QUERY", "2 QUERY");
  }

  @Test
  void stopsAtTheLimitOfAttempts() {
    cluster.client().maxAttempts = 2;
    for (int node = 0; node < 3; node++) {
      cluster.then(node, Errors.error(Errors.OVERLOADED, "busy"));
    }
    failureOf(idempotent("SELECT"), Overloaded.class);
    assertTried("0 QUERY", "1 QUERY");
  }

  @Test
  void readAndWriteFailuresAreReturned() {
    cluster.client().idempotent = true;
    assertReturned(Errors.readFailure(NONE_OF_ONE, Map.of(), false), ReadFailure.class);
    assertReturned(Errors.writeFailure(NONE_OF_ONE, Map.of(), "SIMPLE"), WriteFailure.class);
    assertReturned(Errors.casWriteUnknown(NONE_OF_ONE), CasWriteUnknown.class);
  }

  @Test
  void bootstrappingAlwaysAsksTheNextNodeAndNotThePolicy() {
    cluster.client().retry =
        failure -> {
          throw new AssertionError("The policy was asked");
        };
    cluster.then(0, Errors.error(Errors.BOOTSTRAPPING, "joining"));
    assertThat(once("INSERT").value()).isNotNull();
    assertTried("0 QUERY", "1 QUERY");
  }

  @Test
  void whatTheServerRefusesIsReturnedAndThePolicyNotAsked() {
    cluster.client().idempotent = true;
    cluster.client().retry =
        failure -> {
          throw new AssertionError("The policy was asked");
        };
    assertReturned(Errors.error(Errors.SYNTAX_ERROR, "no"), SyntaxError.class);
    assertReturned(Errors.error(Errors.INVALID, "no"), InvalidQuery.class);
    assertReturned(Errors.error(Errors.UNAUTHORIZED, "no"), Unauthorized.class);
    assertReturned(Errors.error(0x7777, "from the future"), UnknownServerError.class);
  }

  @Test
  void aLostConnectionAsksTheNextNodeIfIdempotent() {
    cluster.thenReset(0);
    assertThat(idempotent("SELECT").value()).isNotNull();
    assertTried("0 QUERY", "1 QUERY");
  }

  @Test
  void aLostConnectionIsReturnedUnlessIdempotent() {
    cluster.thenReset(0);
    ConnectionClosed failure = failureOf(once("INSERT"), ConnectionClosed.class);
    assertThat(failure.mayHaveBeenExecuted()).isTrue();
    assertTried("0 QUERY");
  }

  @Test
  void whatWasNeverWrittenGoesToTheNextNodeEvenIfNotIdempotent() {
    cluster.client().retry =
        failure -> {
          throw new AssertionError("The policy was asked");
        };
    start();
    Outcome<RowSet> outcome = new Outcome<>(cluster.world());
    // The connection closes in the turn in which the request is written, before its flush.
    cluster
        .loop()
        .run(
            () -> {
              cluster.client().execute(SimpleStatement.of("INSERT"), outcome);
              cluster.client().engine().connections().get(0).close("test");
            });
    cluster.soon();
    assertThat(outcome.value()).isNotNull();
    assertTried("1 QUERY");
  }

  @Test
  void aRequestThatCannotBeEncodedFailsAtOnce() {
    start();
    byte[] tooLong = new byte[17 * 1024 * 1024];
    Outcome<RowSet> outcome =
        cluster.client().execute(SimpleStatement.of("INSERT", java.nio.ByteBuffer.wrap(tooLong)));
    failureOf(outcome, FrameTooLarge.class);
    assertTried();
    assertThat(once("SELECT").value()).as("the connection is as before").isNotNull();
  }

  @Test
  void aDamagedAnswerIsReturnedAndMayHideAnExecution() {
    cluster.then(0, Replies.raw(Opcode.RESULT, (byte) 0, (byte) 0));
    ProtocolViolation failure = failureOf(idempotent("INSERT"), ProtocolViolation.class);
    assertThat(failure.mayHaveBeenExecuted()).isTrue();
    assertTried("0 QUERY");
  }

  @Test
  void aDamagedCompressedAnswerMayHideAnExecution() {
    cluster.client().forcedVersion = cqloop.ProtocolVersion.V4;
    cluster.client().compression = "lz4";
    cluster.thenDo(
        0,
        (connection, request) ->
            connection
                .link()
                .toClient(
                    new byte[] {
                      (byte) 0x84, 1, 0, (byte) request.streamId(), 8, 0, 0, 0, 5, 0, 0, 0, 9, 1
                    }));
    CqlException failure = failureOf(once("INSERT"), CqlException.class);
    assertThat(failure.mayHaveBeenExecuted()).isTrue();
  }

  @Test
  void anAnswerOfTheWrongKindIsReturned() {
    cluster.then(0, Replies.ready());
    failureOf(idempotent("SELECT"), UnexpectedResponse.class);
    assertTried("0 QUERY");
  }

  @Test
  void anIgnoredFailureGivesAPageWithoutRows() {
    cluster.client().retry = failure -> RetryVerdict.IGNORE;
    cluster.then(0, Errors.writeTimeout(NONE_OF_ONE, "SIMPLE"));
    assertThat(idempotent("INSERT").value().size()).isZero();
  }

  @Test
  void aPolicyThatThrowsFailsItsRequestOnly() {
    IllegalStateException broken = new IllegalStateException("broken policy");
    cluster.client().retry =
        failure -> {
          throw broken;
        };
    cluster.then(0, Errors.error(Errors.OVERLOADED, "busy"));
    assertThat(idempotent("SELECT").failure()).isSameAs(broken);
    assertThat(cluster.client().engine().connections()).hasSize(3);
  }

  @Test
  void aPlanThatCannotBeMadeFailsItsRequestOnly() {
    IllegalStateException broken = new IllegalStateException("broken policy");
    cluster.client().loadBalancing =
        routing -> {
          throw broken;
        };
    assertThat(once("SELECT").failure()).isSameAs(broken);
    assertThat(cluster.client().engine().running()).isZero();
  }

  @Test
  void aSpeculationPolicyThatThrowsFailsItsRequestOnly() {
    IllegalStateException broken = new IllegalStateException("broken policy");
    cluster.client().speculation =
        (node, started) -> {
          throw broken;
        };
    assertThat(idempotent("SELECT").failure()).isSameAs(broken);
    assertThat(cluster.client().engine().connections()).hasSize(3);
  }

  @Test
  void aDelayedRepetitionWaits() {
    cluster.client().retry =
        failure -> new RetryVerdict(cqloop.spi.RetryDecision.RETRY_NEXT, 10, null);
    cluster.then(0, Errors.error(Errors.OVERLOADED, "busy"));
    Outcome<RowSet> outcome = idempotent("SELECT");
    assertThat(outcome.elapsedNanos()).isBetween(SimWorld.millis(10), SimWorld.millis(12));
    assertTried("0 QUERY", "1 QUERY");
  }

  private void start() {
    if (cluster.client().engine() == null) {
      cluster.start();
    }
  }

  private Outcome<RowSet> once(String cql) {
    return execute(SimpleStatement.of(cql));
  }

  private Outcome<RowSet> idempotent(String cql) {
    return execute(SimpleStatement.of(cql).withIdempotent(true));
  }

  private Outcome<RowSet> execute(SimpleStatement statement) {
    start();
    Outcome<RowSet> outcome = cluster.client().execute(statement);
    cluster.soon();
    return outcome;
  }

  private void assertReturned(Reply answer, Class<? extends CqlException> expected) {
    int before = cluster.statements().size();
    int node = before % 3;
    cluster.then(node, answer);
    failureOf(execute(SimpleStatement.of("SELECT")), expected);
    assertThat(cluster.statements().subList(before, cluster.statements().size()))
        .isEqualTo(List.of(node + " QUERY"));
  }

  private void assertTried(String... expected) {
    assertThat(cluster.statements()).containsExactly(expected);
  }
}
