package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.SimpleStatement;
import cqloop.error.CqlException;
import cqloop.error.SessionClosed;
import cqloop.error.SyntaxError;
import cqloop.testkit.fake.Conditions;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures that tell where their request was made, on a scripted node. */
class CallerStackTest {

  private static final String WRONG = "SELEC";
  private static final String PAGES = "SELECT v FROM pages";

  private final Fakes fakes = new Fakes();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private FakeNode node;
  private CqlOptions options;

  @BeforeEach
  void start() {
    node = fakes.start();
    // Late enough that two who prepare share the one answer.
    node.when(Conditions.cql(WRONG)).replyAfter(50, Errors.error(Errors.SYNTAX_ERROR, "no"));
    options = Fakes.options(node);
    options.getRequest().setCallerStack(true);
  }

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void isNotTakenUnlessAskedFor() {
    options.getRequest().setCallerStack(false);
    CqlSession session = connect();
    assertThat(Awaits.failure(session.execute(WRONG)).getStackTrace()).isEmpty();
    assertThat(Awaits.failure(session.prepare(WRONG)).getStackTrace()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void leadsToTheLineThatMadeTheRequestOnAnyThread(Caller caller) {
    CqlSession session = connect();
    Promise<Void> done = Promise.promise();
    Caller.run(
        caller.context(vertx),
        nothing -> asksOnThatThread(session).<Void>mapEmpty().onComplete(done));
    assertMadeIn("asksOnThatThread", Awaits.failure(SyntaxError.class, done.future()));
  }

  private static Future<?> asksOnThatThread(CqlSession session) {
    return session.execute(WRONG);
  }

  @Test
  void everyWayToAskLeadsToItsOwnLine() {
    CqlSession session = connect();
    assertMadeIn("prepares", Awaits.failure(prepares(session)));
    assertMadeIn("streams", Awaits.failure(streams(session, WRONG)));
    assertMadeIn("publishes", Awaits.failure(publishes(session)));
    assertMadeIn("collects", Awaits.failure(collects(session, WRONG)));
    node.when(Conditions.cqlContains("system_traces"))
        .reply(Errors.error(Errors.SYNTAX_ERROR, "no"));
    assertMadeIn("traces", Awaits.failure(traces(session)));
    Awaits.get(session.close());
    assertMadeIn(
        "asksOnThatThread", Awaits.failure(SessionClosed.class, asksOnThatThread(session)));
  }

  @Test
  void aLaterPageLeadsToTheLineThatAskedForAllOfThem() {
    CqlSession session = connect();
    onePageThenAnError();
    assertMadeIn("streams", Awaits.failure(streams(session, PAGES)));
    onePageThenAnError();
    assertMadeIn("collects", Awaits.failure(collects(session, PAGES)));
  }

  @Test
  void thoseWhoShareAFailureHaveAStackEach() {
    CqlSession session = connect();
    Future<PreparedStatement> first = prepares(session);
    Future<PreparedStatement> second = preparesToo(session);
    CqlException one = Awaits.failure(SyntaxError.class, first);
    CqlException other = Awaits.failure(SyntaxError.class, second);
    assertThat(node.requests(Conditions.prepare(WRONG))).hasSize(1);
    assertMadeIn("prepares", one);
    assertMadeIn("preparesToo", other);
    assertThat(List.of(one.getStackTrace())).noneMatch(line -> isIn(line, "preparesToo"));
    assertThat(List.of(other.getStackTrace())).noneMatch(line -> isIn(line, "prepares"));
    assertThat(one.attempts()).hasSize(1);
  }

  @Test
  void aFailureThatIsHandledIsTheSameToAllHandlers() {
    Future<?> asked = asksOnThatThread(connect());
    Throwable seen = Awaits.failure(asked);
    assertMadeIn("asksOnThatThread", seen);
    assertThat(asked.cause()).isSameAs(seen);
    Throwable recovered = Awaits.get(asked.map(seen).recover(Future::succeededFuture));
    assertThat(recovered).isSameAs(seen);
  }

  private void onePageThenAnError() {
    node.when(Conditions.cql(PAGES))
        .once()
        .reply(Replies.rows().column("v", WireType.INT).row(1).pagingState((byte) 1));
    node.when(Conditions.cql(PAGES)).once().reply(Errors.error(Errors.SYNTAX_ERROR, "no"));
  }

  private static Future<PreparedStatement> prepares(CqlSession session) {
    return session.prepare(WRONG);
  }

  private static Future<PreparedStatement> preparesToo(CqlSession session) {
    return session.prepare(WRONG);
  }

  private static Future<?> collects(CqlSession session, String cql) {
    return session.collect(SimpleStatement.of(cql), Collectors.counting());
  }

  private static Future<?> traces(CqlSession session) {
    return session.queryTrace(new UUID(1, 2));
  }

  private static Future<Void> streams(CqlSession session, String cql) {
    Promise<Void> end = Promise.promise();
    session.stream(cql).exceptionHandler(end::fail).endHandler(end::complete).handler(row -> {});
    return end.future();
  }

  private static Future<Void> publishes(CqlSession session) {
    Flow.Publisher<Row> rows = session.publisher(SimpleStatement.of(WRONG));
    Promise<Void> end = Promise.promise();
    subscribe(rows, end);
    return end.future();
  }

  private static void subscribe(Flow.Publisher<Row> rows, Promise<Void> end) {
    rows.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
          }

          @Override
          public void onNext(Row row) {}

          @Override
          public void onError(Throwable failure) {
            end.fail(failure);
          }

          @Override
          public void onComplete() {
            end.complete();
          }
        });
  }

  /** The stack is that of the failure itself, and begins close to this method of the test. */
  private static void assertMadeIn(String method, Throwable failure) {
    assertThat(failure.getSuppressed()).isEmpty();
    assertThat(failure).hasNoCause();
    assertThat(List.of(failure.getStackTrace()).subList(0, 8)).anyMatch(line -> isIn(line, method));
  }

  private static boolean isIn(StackTraceElement line, String method) {
    return line.getClassName().equals(CallerStackTest.class.getName())
        && line.getMethodName().equals(method);
  }

  private CqlSession connect() {
    return Awaits.get(CqlSession.connect(vertx, options));
  }
}
