package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BoundStatement;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.error.RequestQueueFull;
import cqloop.error.RequestThrottled;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many requests at once from one event loop. */
@CassandraTest
class LoadIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.t (k int PRIMARY KEY, v int)");
    for (int k = 0; k < 10; k++) {
      sessions.set("INSERT INTO $ks.t (k, v) VALUES (" + k + ", " + k * k + ")");
    }
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V3", "V4", "V5", "V5_LZ4"})
  void tenThousandAtOnceFromOneEventLoop(Wire wire) {
    CqlSession session = sessions.on(wire);
    PreparedStatement select = Awaits.get(session.prepare("SELECT k, v FROM t WHERE k = ?"));
    List<Future<RowSet>> all = onOneLoop(10_000, i -> session.execute(select.bind(i % 10)));
    for (int i = 0; i < all.size(); i++) {
      RowSet rows = Awaits.get(all.get(i));
      assertThat(rows.first().getInt("k")).isEqualTo(i % 10);
      assertThat(rows.first().getInt("v")).isEqualTo((i % 10) * (i % 10));
    }
  }

  @Test
  void beyondTheQueueRequestsFailAtOnceAndTheRestIsServed() {
    CqlOptions options = sessions.options();
    options.getPool().setMaxInFlight(64).setMaxOrphans(32).setQueueSize(100);
    CqlSession session = sessions.connect(options);
    BoundStatement select = Awaits.get(session.prepare("SELECT v FROM t WHERE k = ?")).bind(3);
    List<Future<RowSet>> all = onOneLoop(2_000, i -> session.execute(select));
    int served = 0;
    int refused = 0;
    for (Future<RowSet> one : all) {
      if (Awaits.outcome(one).succeeded()) {
        assertThat(one.result().first().getInt("v")).isEqualTo(9);
        served++;
      } else {
        assertThat(one.cause()).isInstanceOf(RequestQueueFull.class);
        assertThat(((RequestQueueFull) one.cause()).limit()).isEqualTo(100);
        assertThat(((RequestQueueFull) one.cause()).mayHaveBeenExecuted()).isFalse();
        refused++;
      }
    }
    assertThat(served).isGreaterThanOrEqualTo(164);
    assertThat(refused).isEqualTo(2_000 - served).isPositive();
    assertThat(Awaits.get(session.execute(select)).first().getInt("v")).isEqualTo(9);
    Awaits.get(session.close());
  }

  @Test
  void aThrottleHoldsBackWhatComesTooFastAndRefusesTheRest() {
    CqlOptions options = sessions.options();
    options
        .getRequest()
        .setThrottle(
            new PolicyOptions("concurrency")
                .setConfig(new JsonObject().put("maxConcurrent", 8).put("maxWaiting", 100)));
    CqlSession session = sessions.connect(options);
    BoundStatement select = Awaits.get(session.prepare("SELECT v FROM t WHERE k = ?")).bind(3);
    List<Future<RowSet>> all = onOneLoop(2_000, i -> session.execute(select));
    int served = 0;
    for (Future<RowSet> one : all) {
      if (Awaits.outcome(one).succeeded()) {
        assertThat(one.result().first().getInt("v")).isEqualTo(9);
        served++;
      } else {
        assertThat(one.cause()).isInstanceOf(RequestThrottled.class);
        assertThat(((RequestThrottled) one.cause()).limit()).isEqualTo(100);
      }
    }
    // All of them came within one turn of the loop, in which none can end.
    assertThat(served).isEqualTo(108);
    Awaits.get(session.close());
  }

  @Test
  void chainOfManyRequestsDoesNotGrowTheStack() {
    CqlSession session = sessions.on(Wire.V4);
    BoundStatement select = Awaits.get(session.prepare("SELECT v FROM t WHERE k = ?")).bind(2);
    Promise<Integer> done = Promise.promise();
    Context context = ((VertxInternal) sessions.vertx()).createEventLoopContext();
    context.runOnContext(v -> next(session, select, 3_000, done));
    assertThat(Awaits.get(done.future())).isLessThan(200);
  }

  private static void next(
      CqlSession session, BoundStatement select, int left, Promise<Integer> done) {
    session
        .execute(select)
        .onFailure(done::tryFail)
        .onSuccess(
            rows -> {
              if (left == 0) {
                done.complete(Thread.currentThread().getStackTrace().length);
              } else {
                next(session, select, left - 1, done);
              }
            });
  }

  private static List<Future<RowSet>> onOneLoop(int count, IntFunction<Future<RowSet>> request) {
    ContextInternal context = ((VertxInternal) sessions.vertx()).createEventLoopContext();
    // The connections of a loop are opened by its first request.
    Promise<RowSet> first = Promise.promise();
    context.runOnContext(v -> request.apply(0).onComplete(first));
    Awaits.get(first.future());
    List<Promise<RowSet>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(Promise.promise());
    }
    context.runOnContext(
        v -> {
          for (int i = 0; i < count; i++) {
            request.apply(i).onComplete(all.get(i));
          }
        });
    return all.stream().map(Promise::future).toList();
  }
}
