package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.CqlSession;
import cqloop.Row;
import cqloop.RowStream;
import cqloop.SimpleStatement;
import cqloop.error.InvalidQuery;
import cqloop.error.ReadFailure;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams of rows: demand, pages asked for, ends and failures. */
@CassandraTest
class RowStreamIT {

  private static final int ROWS = 100;
  private static final int PAGE = 10;
  private static final List<Integer> ALL = IntStream.range(0, ROWS).boxed().toList();

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.t (p int, c int, PRIMARY KEY (p, c))");
    CqlSession session = sessions.on(Wire.V4);
    for (int c = 0; c < ROWS; c++) {
      Awaits.get(session.execute("INSERT INTO t (p, c) VALUES (1, ?)", c));
    }
  }

  @AfterEach
  void forgetInjections() {
    sessions.node().clearInjections();
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void deliversEveryRowThenTheEnd(Wire wire) {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    Promise<Void> end = Promise.promise();
    stream(wire, "all")
        .exceptionHandler(end::fail)
        .endHandler(v -> end.complete())
        .handler(row -> seen.add(row.getInt(0)));
    Awaits.get(end.future());
    assertThat(seen).isEqualTo(ALL);
    assertThat(sessions.node().requests("all " + wire))
        .hasSizeBetween(ROWS / PAGE, ROWS / PAGE + 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void sendsNothingBeforeThereIsAHandler(Wire wire) {
    RowStream stream = stream(wire, "lazy");
    Awaits.get(sessions.on(wire).execute("SELECT c FROM t WHERE p = 2"));
    assertThat(sessions.node().requests("lazy " + wire)).isEmpty();
    Awaits.get(stream.close());
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void fetchDeliversExactlyWhatIsAskedAndOnePageAhead(Wire wire) {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    Promise<Void> end = Promise.promise();
    RowStream stream = stream(wire, "fetch");
    stream.pause();
    stream.endHandler(v -> end.complete()).handler(row -> seen.add(row.getInt(0)));
    settle(wire);
    assertThat(seen).isEmpty();
    assertThat(sessions.node().requests("fetch " + wire).size()).isLessThanOrEqualTo(1);

    stream.fetch(3);
    Awaits.until("three rows", Duration.ofSeconds(5), () -> seen.size() == 3);
    settle(wire);
    assertThat(seen).containsExactly(0, 1, 2);
    assertThat(sessions.node().requests("fetch " + wire).size()).isLessThanOrEqualTo(2);
    assertThat(stream.pagingState()).isNotNull();

    stream.fetch(8);
    Awaits.until("eleven rows", Duration.ofSeconds(5), () -> seen.size() == 11);
    settle(wire);
    assertThat(seen).hasSize(11);
    stream.resume();
    Awaits.get(end.future());
    assertThat(seen).isEqualTo(ALL);
    assertThatThrownBy(() -> stream.fetch(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void handlerMayPauseAndResumeItself(Wire wire) {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    Promise<Void> end = Promise.promise();
    RowStream stream = stream(wire, "self");
    stream
        .endHandler(v -> end.complete())
        .handler(
            row -> {
              seen.add(row.getInt(0));
              stream.pause();
              sessions.vertx().runOnContext(v -> stream.resume());
            });
    Awaits.get(end.future());
    assertThat(seen).isEqualTo(ALL);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void pipesIntoASlowWriter(Wire wire) {
    SlowWriter writer = new SlowWriter();
    Awaits.get(stream(wire, "pipe").pipeTo(writer));
    assertThat(writer.seen).isEqualTo(ALL);
    assertThat(writer.ended).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void closeEndsItAndNoMorePagesAreAsked(Wire wire) {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    AtomicBoolean ended = new AtomicBoolean();
    Promise<Void> closed = Promise.promise();
    RowStream stream = stream(wire, "close");
    stream
        .endHandler(v -> ended.set(true))
        .handler(
            row -> {
              seen.add(row.getInt(0));
              if (seen.size() == 5) {
                stream.close().onComplete(closed);
              }
            });
    Awaits.get(closed.future());
    Awaits.get(stream.close());
    settle(wire);
    assertThat(seen).hasSize(5);
    assertThat(ended).isFalse();
    assertThat(sessions.node().requests("close " + wire).size()).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void failureOfTheFirstPageGoesToTheExceptionHandler(Wire wire) {
    Promise<Throwable> failure = Promise.promise();
    sessions.on(wire).stream("SELECT nothing FROM t")
        .exceptionHandler(failure::complete)
        .endHandler(v -> failure.fail("ended"))
        .handler(row -> failure.fail("row"));
    assertThat(Awaits.get(failure.future())).isInstanceOf(InvalidQuery.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"V4", "V5"})
  void failureOfALaterPageComesAfterTheRowsBefore(Wire wire) {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    Promise<Throwable> failure = Promise.promise();
    RowStream stream = stream(wire, "later");
    stream.pause();
    stream
        .exceptionHandler(failure::complete)
        .endHandler(v -> failure.fail("ended"))
        .handler(row -> seen.add(row.getInt(0)));
    stream.fetch(1);
    sessions.node().awaitRequests("later " + wire, 2, Duration.ofSeconds(5));
    sessions.node().inject("read_failure", 1, "later " + wire);
    stream.resume();
    assertThat(Awaits.get(failure.future())).isInstanceOf(ReadFailure.class);
    assertThat(seen).hasSize(2 * PAGE).isEqualTo(ALL.subList(0, 2 * PAGE));
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void throwingHandlerIsReportedAndTheStreamGoesOn(Wire wire) {
    wire.assumeSpokenBy(sessions.line());
    List<Integer> seen = new CopyOnWriteArrayList<>();
    List<Throwable> reported = new CopyOnWriteArrayList<>();
    Promise<Void> end = Promise.promise();
    io.vertx.core.Context context = sessions.vertx().getOrCreateContext();
    context.exceptionHandler(reported::add);
    context.runOnContext(
        v ->
            stream(wire, "throws")
                .endHandler(x -> end.complete())
                .handler(
                    row -> {
                      seen.add(row.getInt(0));
                      if (row.getInt(0) % 10 == 3) {
                        throw new IllegalStateException("handler of the user");
                      }
                    }));
    Awaits.get(end.future());
    assertThat(seen).isEqualTo(ALL);
    assertThat(reported).hasSize(10).allMatch(e -> e.getMessage().equals("handler of the user"));
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5"})
  void emptyResultEndsAtOnce(Wire wire) {
    Promise<Void> end = Promise.promise();
    sessions.on(wire).stream("SELECT c FROM t WHERE p = ?", 99)
        .endHandler(v -> end.complete())
        .handler(row -> end.fail("row"));
    Awaits.get(end.future());
  }

  @Test
  void publisherKeepsToTheDemandAndStartsAnewForEachSubscriber() {
    CqlSession session = sessions.on(Wire.V4);
    Flow.Publisher<Row> publisher =
        session.publisher(SimpleStatement.of("SELECT c FROM t WHERE p = 1").withPageSize(PAGE));
    for (int round = 0; round < 2; round++) {
      Subscriber subscriber = new Subscriber();
      publisher.subscribe(subscriber);
      Flow.Subscription subscription = Awaits.get(subscriber.subscribed.future());
      subscription.request(15);
      Awaits.until("15 rows", Duration.ofSeconds(5), () -> subscriber.seen.size() == 15);
      settle(Wire.V4);
      assertThat(subscriber.seen).hasSize(15);
      subscription.request(Long.MAX_VALUE);
      Awaits.get(subscriber.done.future());
      assertThat(subscriber.seen).isEqualTo(ALL);
    }
    Subscriber cancelling = new Subscriber();
    publisher.subscribe(cancelling);
    Flow.Subscription subscription = Awaits.get(cancelling.subscribed.future());
    subscription.request(1);
    Awaits.until("a row", Duration.ofSeconds(5), () -> cancelling.seen.size() == 1);
    subscription.cancel();
    subscription.request(10);
    settle(Wire.V4);
    assertThat(cancelling.seen).hasSize(1);
    assertThat(cancelling.done.future().isComplete()).isFalse();
  }

  @Test
  void publisherTellsFailuresAndBadDemand() {
    Subscriber failing = new Subscriber();
    sessions.on(Wire.V4).publisher(SimpleStatement.of("SELECT x FROM t")).subscribe(failing);
    Awaits.get(failing.subscribed.future()).request(1);
    Awaits.failure(InvalidQuery.class, failing.done.future());
    Subscriber greedy = new Subscriber();
    sessions.on(Wire.V4).publisher(SimpleStatement.of("SELECT c FROM t")).subscribe(greedy);
    Awaits.get(greedy.subscribed.future()).request(0);
    Awaits.failure(IllegalArgumentException.class, greedy.done.future());
  }

  private static RowStream stream(Wire wire, String mark) {
    return sessions.on(wire).stream(
        SimpleStatement.of("SELECT c FROM t WHERE p = 1 /* " + mark + " " + wire + " */")
            .withPageSize(PAGE));
  }

  /** Requests that were sent before this one have been answered after it. */
  private static void settle(Wire wire) {
    for (int i = 0; i < 3; i++) {
      Awaits.get(sessions.on(wire).execute("SELECT c FROM t WHERE p = 2"));
    }
  }

  /** Takes one row at a time. */
  private static final class SlowWriter implements WriteStream<Row> {

    final List<Integer> seen = new CopyOnWriteArrayList<>();
    volatile boolean ended;
    private volatile boolean full;
    private volatile Handler<Void> drain;

    @Override
    public WriteStream<Row> exceptionHandler(Handler<Throwable> handler) {
      return this;
    }

    @Override
    public Future<Void> write(Row row) {
      assertThat(full).as("written to while full").isFalse();
      seen.add(row.getInt(0));
      full = true;
      sessions
          .vertx()
          .runOnContext(
              v -> {
                full = false;
                Handler<Void> waiting = drain;
                if (waiting != null) {
                  waiting.handle(null);
                }
              });
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
      ended = true;
      return Future.succeededFuture();
    }

    @Override
    public WriteStream<Row> setWriteQueueMaxSize(int maxSize) {
      return this;
    }

    @Override
    public boolean writeQueueFull() {
      return full;
    }

    @Override
    public WriteStream<Row> drainHandler(Handler<Void> handler) {
      drain = handler;
      return this;
    }
  }

  /** Remembers what it gets. */
  private static final class Subscriber implements Flow.Subscriber<Row> {

    final Promise<Flow.Subscription> subscribed = Promise.promise();
    final Promise<Void> done = Promise.promise();
    final List<Integer> seen = new CopyOnWriteArrayList<>(new ArrayList<>());

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscribed.complete(subscription);
    }

    @Override
    public void onNext(Row row) {
      seen.add(row.getInt(0));
    }

    @Override
    public void onError(Throwable failure) {
      done.fail(failure);
    }

    @Override
    public void onComplete() {
      done.complete();
    }
  }
}
