package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.execute;
import static cqloop.testkit.fake.Conditions.opcode;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.CodecFailed;
import cqloop.error.InvalidQuery;
import cqloop.error.SyntaxError;
import cqloop.metrics.PreparedMetrics;
import cqloop.testkit.fake.Conditions;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Request;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Simple statements that the session prepares by itself, on a scripted node. */
class AutoPrepareTest {

  private static final String A = "SELECT a FROM t WHERE k = ?";
  private static final String B = "SELECT b FROM t WHERE k = ?";
  private static final String C = "SELECT c FROM t WHERE k = ?";

  private final Fakes fakes = new Fakes();
  // With two loops, the one of the caller is not always the one that the cache lives on.
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private FakeNode node;
  private CqlOptions options;

  @BeforeEach
  void start() {
    node = fakes.start();
    node.declare(A, Replies.prepared().variable("k", WireType.INT).result("a", WireType.INT));
    node.declare(B, Replies.prepared().variable("k", WireType.INT).result("b", WireType.INT));
    node.declare(C, Replies.prepared().variable("k", WireType.INT).result("c", WireType.INT));
    options = Fakes.options(node);
    options.getRequest().setAutoPrepare(true);
  }

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void aTextIsPreparedOnceAndExecutedAsOftenAsAsked() {
    CqlSession session = connect();
    List<Future<RowSet>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(session.execute(A, i));
    }
    Awaits.get(Future.all(all));
    for (int i = 0; i < 20; i++) {
      Awaits.get(session.execute(SimpleStatement.of(A).withNamedValues(Map.of("k", i))));
    }
    assertThat(prepares()).containsExactly(A);
    assertThat(node.requests(execute(A))).hasSize(40);
    assertThat(node.requests(opcode(Opcode.QUERY).and(Conditions.cql(A)))).isEmpty();
  }

  @Test
  void isOffByDefaultAndNotForStatementsWithoutValues() {
    String plain = "SELECT a FROM t";
    Awaits.get(connect().execute(plain));
    Awaits.get(Awaits.get(CqlSession.connect(vertx, Fakes.options(node))).execute(A, 1));
    assertThat(node.requests(Conditions.query(plain))).hasSize(1);
    assertThat(node.requests(Conditions.query(A))).hasSize(1);
    assertThat(prepares()).isEmpty();
  }

  @Test
  void whatDoesNotFitFailsTheFutureAndIsNotSent() {
    CqlSession session = connect();
    CodecFailed wrong = Awaits.failure(CodecFailed.class, session.execute(A, "secret"));
    assertThat(wrong).hasMessageContaining("'k'").hasMessageNotContaining("secret");
    Awaits.failure(IllegalArgumentException.class, session.execute(A, 1, 2));
    Awaits.failure(
        NoSuchElementException.class,
        session.execute(SimpleStatement.of(A).withNamedValues(Map.of("other", 1))));
    assertThat(node.requests(opcode(Opcode.EXECUTE))).isEmpty();
    Awaits.get(session.execute(A, 1));
    assertThat(node.requests(execute(A))).hasSize(1);
  }

  @Test
  void aTextThatCannotBePreparedFailsAsItWouldOtherwiseAndIsTriedAgain() {
    node.when(Conditions.prepare(A)).once().reply(Errors.error(Errors.SYNTAX_ERROR, "no"));
    CqlSession session = connect();
    Awaits.failure(SyntaxError.class, session.execute(A, 1));
    Awaits.get(session.execute(A, 1));
    assertThat(prepares()).containsExactly(A, A);
  }

  @Test
  void aTextThatHadToMakeRoomIsPreparedAgain() {
    options.getRequest().setPreparedCacheSize(1);
    CqlSession session = connect();
    executeInTurn(session, A, B, B, A);
    assertThat(prepares()).containsExactly(A, B, A);
  }

  @Test
  void aTextThatIsUsedKeepsItsPlaceAndCountsAsKnown() {
    options.getRequest().setPreparedCacheSize(2);
    CqlSession session = connect();
    executeInTurn(session, A, B, A, C, A, B);
    assertThat(prepares()).containsExactly(A, B, C, B);
    Awaits.until(
        "those of all loops are seen",
        Awaits.SOON,
        () -> session.metrics().prepared().equals(new PreparedMetrics(2, 4, 2, 2)));
  }

  @Test
  void aTextThatIsNoLongerUsedMakesRoomInTheEnd() {
    options.getRequest().setPreparedCacheSize(1);
    CqlSession session = connect();
    executeInTurn(session, A, A, B, A);
    assertThat(prepares()).containsExactly(A, B, A);
  }

  @Test
  void whatANodeHasForgottenIsPreparedAgainUnseen() {
    CqlSession session = connect();
    Awaits.get(session.execute(A, 1));
    Awaits.get(node.forgetPrepared());
    Awaits.get(session.execute(A, 2));
    assertThat(prepares()).containsExactly(A, A);
  }

  @Test
  void whatTheServerFindsInvalidIsPreparedAnewNextTime() {
    CqlSession session = connect();
    Awaits.get(session.execute(A, 1));
    node.when(execute(A)).once().reply(Errors.error(Errors.INVALID, "the table has changed"));
    node.declare(A, Replies.prepared().variable("k", WireType.TEXT));
    Awaits.failure(InvalidQuery.class, session.execute(A, 2));
    Awaits.until(
        "the other type is known",
        Awaits.SOON,
        () -> Awaits.outcome(session.execute(A, "text")).succeeded());
    assertThat(prepares()).containsExactly(A, A);
  }

  private CqlSession connect() {
    return Awaits.get(CqlSession.connect(vertx, options));
  }

  /** Each when the one before it is answered. */
  private static void executeInTurn(CqlSession session, String... texts) {
    for (String text : texts) {
      Awaits.get(session.execute(text, 1));
    }
  }

  private List<String> prepares() {
    List<String> texts = new ArrayList<>();
    for (Request request : node.requests(opcode(Opcode.PREPARE))) {
      texts.add(request.cql());
    }
    return texts;
  }
}
