package cqloop.netty.exec;

import static cqloop.netty.sim.SimCluster.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.ConnectionBusy;
import cqloop.error.InvalidQuery;
import cqloop.error.PreparedStatementChanged;
import cqloop.error.Unprepared;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.Scripts;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimWorld;
import cqloop.spi.RetryVerdict;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.WireType;
import cqloop.testkit.fake.WireWriter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens when a node has forgotten a statement: rules 2.11. */
class RepreparerTest {

  private static final String TEXT = "SELECT v FROM t";
  private static final String OTHER = "SELECT w FROM t";

  private final SimCluster cluster = new SimCluster(2);
  private PreparedStatement prepared;

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
  }

  @Test
  void preparesOnTheSameConnectionAndSendsAgain() {
    prepare();
    cluster.client().maxAttempts = 1;
    cluster.then(1, forgotten(TEXT));
    assertThat(execute().value()).isNotNull();
    assertTried("0 PREPARE", "1 EXECUTE", "1 PREPARE", "1 EXECUTE");
  }

  @Test
  void aNodeThatNeverRemembersIsToldOnceAndThenLeft() {
    prepare();
    neverRemembers(1);
    assertThat(execute().value().executionInfo().failedAttempts())
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.error()).isInstanceOf(Unprepared.class));
    assertTried("0 PREPARE", "1 EXECUTE", "1 PREPARE", "1 EXECUTE", "0 EXECUTE");
  }

  @Test
  void aClusterThatNeverRemembersEndsTheRequestAfterOneTryPerNode() {
    prepare();
    neverRemembers(0);
    neverRemembers(1);
    Unprepared failure = failureOf(execute(), Unprepared.class);
    assertThat(failure.mayHaveBeenExecuted()).isFalse();
    assertThat(failure.attempts()).hasSize(2);
    assertTried(
        "0 PREPARE", "1 EXECUTE", "1 PREPARE", "1 EXECUTE", "0 EXECUTE", "0 PREPARE", "0 EXECUTE");
  }

  @Test
  void aNodeThatIsAskedAgainByThePolicyIsNotToldAgain() {
    cluster.client().idempotent = true;
    cluster.client().retry = failed -> RetryVerdict.RETRY_SAME;
    prepare();
    cluster
        .then(1, forgotten(TEXT))
        .thenDo(1, Scripts::answerAtOnce)
        .then(1, Errors.error(Errors.OVERLOADED, "busy"))
        .then(1, forgotten(TEXT));
    assertThat(execute().value()).isNotNull();
    assertTried("0 PREPARE", "1 EXECUTE", "1 PREPARE", "1 EXECUTE", "1 EXECUTE", "0 EXECUTE");
  }

  @Test
  void anotherIdFailsTheRequestBecauseTheTextMeansSomethingElse() {
    prepare();
    cluster.then(1, forgotten(TEXT)).then(1, Replies.prepared().id(Scripts.idOf(OTHER)));
    PreparedStatementChanged failure = failureOf(execute(), PreparedStatementChanged.class);
    assertThat(failure.mayHaveBeenExecuted()).isFalse();
    assertTried("0 PREPARE", "1 EXECUTE", "1 PREPARE");
  }

  @Test
  void whatTheServerRefusesToPrepareIsReturned() {
    prepare();
    cluster.then(1, forgotten(TEXT)).then(1, Errors.error(Errors.INVALID, "no such table"));
    assertThat(failureOf(execute(), InvalidQuery.class).mayHaveBeenExecuted()).isFalse();
    assertTried("0 PREPARE", "1 EXECUTE", "1 PREPARE");
  }

  @Test
  void anyOtherTroubleWithPreparingGoesToTheNextNode() {
    prepare();
    cluster.then(1, forgotten(TEXT)).then(1, Errors.error(Errors.OVERLOADED, "busy"));
    assertThat(execute().value()).isNotNull();
    assertTried("0 PREPARE", "1 EXECUTE", "1 PREPARE", "0 EXECUTE");
  }

  @Test
  void aDamagedAnswerToPrepareGoesToTheNextNode() {
    prepare();
    cluster.then(1, forgotten(TEXT)).then(1, Replies.raw(Opcode.RESULT, (byte) 0));
    assertThat(execute().value()).isNotNull();
    assertTried("0 PREPARE", "1 EXECUTE", "1 PREPARE", "0 EXECUTE");
  }

  @Test
  void anAnswerOfTheWrongKindToPrepareGoesToTheNextNode() {
    prepare();
    cluster.then(1, forgotten(TEXT)).then(1, Replies.voidResult());
    assertThat(execute().value()).isNotNull();
    assertTried("0 PREPARE", "1 EXECUTE", "1 PREPARE", "0 EXECUTE");
  }

  @Test
  void aConnectionLostWhilePreparingGoesToTheNextNode() {
    prepare();
    cluster.then(1, forgotten(TEXT)).thenReset(1);
    assertThat(execute().value()).isNotNull();
    assertTried("0 PREPARE", "1 EXECUTE", "1 PREPARE", "0 EXECUTE");
  }

  @Test
  void anIdThatTheRequestDoesNotUseIsReturned() {
    prepare();
    cluster.then(1, Errors.unprepared(new byte[] {9, 9}));
    failureOf(execute(), Unprepared.class);
    assertTried("0 PREPARE", "1 EXECUTE");
  }

  @Test
  void aBatchPreparesEachOfItsStatements() {
    prepare();
    Outcome<PreparedStatement> other = cluster.client().prepare(OTHER);
    cluster.soon();
    cluster.then(0, forgotten(TEXT));
    cluster.thenDo(0, Scripts::answerAtOnce).then(0, forgotten(OTHER));
    BatchStatement batch = BatchStatement.logged(prepared.bind(), other.value().bind());
    Outcome<RowSet> outcome = cluster.client().execute(batch);
    cluster.soon();
    assertThat(outcome.value()).isNotNull();
    assertTried(
        "0 PREPARE", "1 PREPARE", "0 BATCH", "0 PREPARE", "0 BATCH", "0 PREPARE", "0 BATCH");
  }

  @Test
  void aBatchThatIsForgottenForEverEnds() {
    prepare();
    neverRemembers(0);
    neverRemembers(1);
    Outcome<RowSet> outcome =
        cluster.client().execute(BatchStatement.logged(prepared.bind(), prepared.bind()));
    cluster.soon();
    failureOf(outcome, Unprepared.class);
    assertThat(cluster.count(Opcode.BATCH)).isEqualTo(2 * 3);
  }

  @Test
  void theNextNodeMayHaveForgottenToo() {
    prepare();
    cluster.client().idempotent = true;
    cluster
        .then(1, forgotten(TEXT))
        .then(1, Errors.error(Errors.OVERLOADED, "busy"))
        .then(0, forgotten(TEXT));
    assertThat(execute().value()).isNotNull();
    assertTried("0 PREPARE", "1 EXECUTE", "1 PREPARE", "0 EXECUTE", "0 PREPARE", "0 EXECUTE");
  }

  @Test
  void aConnectionThatTakesNoMoreAfterPreparingCostsAnAttempt() {
    cluster.client().maxAttempts = 1;
    cluster.client().maxOrphans = 0;
    prepare();
    // Its timeout makes an orphan too many: the connection retires while PREPARE is under way.
    cluster.thenSilence(1);
    cluster.client().execute(SimpleStatement.of("SELECT 0").withTimeout(Duration.ofMillis(2)));
    cluster.client().execute("SELECT 1");
    cluster.then(1, forgotten(TEXT));
    cluster.thenLater(1, SimWorld.millis(10), Replies.prepared().id(Scripts.idOf(TEXT)));
    assertThat(failureOf(execute(), ConnectionBusy.class).mayHaveBeenExecuted()).isFalse();
    assertThat(cluster.count(Opcode.EXECUTE)).isEqualTo(1);
  }

  @Test
  void anAnswerIsReadWithTheColumnsThatItsRequestNamed() {
    cluster.client().idempotent = true;
    cluster.client().speculation = (node, started) -> started < 1 ? SimWorld.millis(5) : -1;
    cluster.then(0, columns(WireType.BIGINT, 1));
    prepare();
    byte[] rowsWithoutColumns =
        new WireWriter()
            .writeInt(2) // rows
            .writeInt(4) // no metadata
            .writeInt(1)
            .writeInt(1)
            .writeInt(8)
            .writeLong(42)
            .toBytes();
    cluster.thenLater(1, SimWorld.millis(15), Replies.raw(Opcode.RESULT, rowsWithoutColumns));
    // Meanwhile the other node says that the column is of another type now.
    cluster.then(0, forgotten(TEXT)).then(0, columns(WireType.TEXT, 2)).thenSilence(0);
    Outcome<RowSet> outcome = execute();
    assertThat(cluster.count(Opcode.EXECUTE)).isEqualTo(3);
    assertThat(outcome.value().first().getLong("v")).isEqualTo(42);
  }

  /** From now on this node answers PREPARE as it should and forgets at once. */
  private void neverRemembers(int node) {
    for (int i = 0; i < 20; i++) {
      cluster.thenDo(
          node,
          (connection, request) ->
              connection.answer(
                  request,
                  request.opcode() == Opcode.PREPARE ? Scripts.usual(request) : forgotten(TEXT)));
    }
  }

  private static Reply columns(WireType type, int metadataId) {
    return Replies.prepared()
        .id(Scripts.idOf(TEXT))
        .result("v", type)
        .resultMetadataId((byte) metadataId);
  }

  private static Reply forgotten(String text) {
    return Errors.unprepared(Scripts.idOf(text));
  }

  private void prepare() {
    cluster.start();
    Outcome<PreparedStatement> outcome = cluster.client().prepare(TEXT);
    cluster.soon();
    prepared = outcome.value();
  }

  private Outcome<RowSet> execute() {
    Outcome<RowSet> outcome = cluster.client().execute(prepared.bind());
    cluster.soon();
    return outcome;
  }

  private void assertTried(String... expected) {
    assertThat(cluster.statements()).containsExactly(expected);
  }
}
