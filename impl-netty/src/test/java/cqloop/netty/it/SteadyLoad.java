package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BoundStatement;
import cqloop.Consistency;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.error.AttemptFailure;
import cqloop.error.CqlException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Any thread. An application at work: some lanes on one event loop, each of which writes a key,
 * reads it again, and checks that it got what it wrote. All requests have a known key, are
 * idempotent, and go at QUORUM, so with three replicas the loss of any one node must not be seen.
 *
 * <p>While a node joins or leaves, quorums of servers before 6.0 need not meet: nodes hear of the
 * new ring by gossip, one after the other. A write whose coordinator knows the new ring goes to the
 * new replicas only, and a read whose coordinator has the old one asks the old replicas. What was
 * read too old is asked for again, and must be there: an acknowledged write is never lost.
 */
final class SteadyLoad {

  private static final int LANES = 8;
  private static final int KEYS_OF_A_LANE = 50;

  /** Leaves the processors to the nodes, which share them with the load. */
  private static final long PAUSE_MILLIS = 4;

  /** Gossip spreads in seconds; on a busy machine in many. */
  private static final long SPREAD_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Vertx vertx;
  private final CqlSession session;
  private final PreparedStatement write;
  private final PreparedStatement read;
  private final Map<String, Integer> served = new ConcurrentHashMap<>();
  private final Map<String, Integer> failedAt = new ConcurrentHashMap<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicReference<Throwable> firstFailure = new AtomicReference<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final List<String> tooOld = new CopyOnWriteArrayList<>();
  private final List<Future<Void>> lanes = new ArrayList<>();
  private volatile boolean stopping;

  /**
   * @param table has the columns {@code k int PRIMARY KEY, v int}
   */
  SteadyLoad(Vertx vertx, CqlSession session, String table) {
    this.vertx = vertx;
    this.session = session;
    this.write = Awaits.get(session.prepare("INSERT INTO " + table + " (k, v) VALUES (?, ?)"));
    this.read = Awaits.get(session.prepare("SELECT v FROM " + table + " WHERE k = ?"));
  }

  SteadyLoad start() {
    ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    for (int i = 0; i < LANES; i++) {
      Promise<Void> end = Promise.promise();
      lanes.add(end.future());
      int lane = i;
      context.runOnContext(turn -> write(lane, 0, end));
    }
    return this;
  }

  /** Returns how many requests this node has coordinated. */
  int served(String endpoint) {
    return served.getOrDefault(endpoint, 0);
  }

  /** Returns how many attempts have failed at this node. */
  int failedAt(String endpoint) {
    return failedAt.getOrDefault(endpoint, 0);
  }

  int answered() {
    return answered.get();
  }

  /** Ends the lanes and checks that no request has failed, and every value was there at once. */
  void stopWithoutFailure() {
    stopWithoutLoss();
    assertThat(tooOld).as("values that were read too old").isEmpty();
  }

  /** Ends the lanes and checks that no request has failed, and every value was there in the end. */
  void stopWithoutLoss() {
    stopping = true;
    lanes.forEach(Awaits::get);
    assertThat(firstFailure.get())
        .as(
            "first of %d failures beside %d answers, after the attempts %s",
            failures.get(),
            answered.get(),
            firstFailure.get() instanceof CqlException failure ? failure.attempts() : List.of())
        .isNull();
    assertThat(answered.get()).isPositive();
  }

  private void write(int lane, int turn, Promise<Void> end) {
    if (stopping) {
      end.complete();
      return;
    }
    int key = lane * KEYS_OF_A_LANE + turn % KEYS_OF_A_LANE;
    send(write.bind(key, turn))
        .onComplete(
            (written, failure) ->
                // What failed is in doubt, and is not read: the failure alone fails the test.
                (failure == null ? check(key, turn, written) : Future.succeededFuture())
                    .onComplete(
                        (checked, ignored) ->
                            vertx.setTimer(PAUSE_MILLIS, timer -> write(lane, turn + 1, end))));
  }

  private Future<?> check(int key, int expected, RowSet written) {
    return send(read.bind(key))
        .compose(
            rows -> {
              if (value(rows) == expected) {
                return Future.succeededFuture();
              }
              tooOld.add(
                  "of key %s value %s, written by way of %s; %s was read by way of %s"
                      .formatted(
                          key, expected, coordinator(written), value(rows), coordinator(rows)));
              return again(key, expected, System.nanoTime());
            });
  }

  private Future<?> again(int key, int expected, long sinceNanos) {
    return vertx
        .timer(PAUSE_MILLIS)
        .compose(timer -> send(read.bind(key)))
        .compose(
            rows -> {
              if (value(rows) == expected) {
                return Future.succeededFuture();
              }
              if (System.nanoTime() - sinceNanos < SPREAD_NANOS) {
                return again(key, expected, sinceNanos);
              }
              fail(new AssertionError("An acknowledged write is lost, the last " + tooOld));
              return Future.succeededFuture();
            });
  }

  private static int value(RowSet rows) {
    Row row = rows.first();
    return row == null ? -1 : row.getInt("v");
  }

  private static String coordinator(RowSet rows) {
    return rows.executionInfo().coordinator().endpoint();
  }

  private Future<RowSet> send(BoundStatement statement) {
    return session
        .execute(statement.withIdempotent(true).withConsistency(Consistency.QUORUM))
        .onSuccess(this::count)
        .onFailure(this::fail);
  }

  private void count(RowSet rows) {
    answered.incrementAndGet();
    served.merge(rows.executionInfo().coordinator().endpoint(), 1, Integer::sum);
    for (AttemptFailure attempt : rows.executionInfo().failedAttempts()) {
      failedAt.merge(attempt.node(), 1, Integer::sum);
    }
  }

  private void fail(Throwable failure) {
    failures.incrementAndGet();
    firstFailure.compareAndSet(null, failure);
  }
}
