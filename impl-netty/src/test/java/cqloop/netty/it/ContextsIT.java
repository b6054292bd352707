package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.SimpleStatement;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.type.TimeUuids;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of call from each kind of context: the outcome arrives where the call came from. */
@CassandraTest
class ContextsIT {

  private static Sessions sessions;

  @BeforeAll
  static void open(CassandraCluster cluster, @TestKeyspace String keyspace) {
    sessions = new Sessions(cluster, keyspace);
    sessions.set("CREATE TABLE $ks.t (p int, c int, PRIMARY KEY (p, c))");
    for (int c = 0; c < 10; c++) {
      sessions.set("INSERT INTO $ks.t (p, c) VALUES (1, " + c + ")");
    }
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  @ParameterizedTest
  @EnumSource
  void futuresCompleteOnTheCallersContext(Caller caller) {
    CqlSession session = sessions.on(Wire.V4);
    CqlSession closed = sessions.connect(sessions.options());
    Awaits.get(closed.close());
    PreparedStatement prepared = Awaits.get(session.prepare("SELECT c FROM t WHERE p = ?"));
    SimpleStatement paged = SimpleStatement.of("SELECT c FROM t WHERE p = 1").withPageSize(3);
    Map<String, Function<CqlSession, Future<?>>> calls = new LinkedHashMap<>();
    calls.put("execute text", s -> s.execute("SELECT c FROM t WHERE p = ?", 1));
    calls.put("execute bound", s -> s.execute(prepared.bind(1)));
    calls.put(
        "execute batch",
        s ->
            s.execute(
                BatchStatement.logged(SimpleStatement.of("INSERT INTO t (p, c) VALUES (2, 1)"))));
    calls.put("execute fails", s -> s.execute("SELECT x FROM t"));
    calls.put("encoding fails", s -> s.execute("SELECT c FROM t WHERE p = ?", new Object()));
    calls.put("prepare", s -> s.prepare("SELECT p FROM t /* " + caller + " */"));
    calls.put("prepare known", s -> s.prepare("SELECT c FROM t WHERE p = ?"));
    calls.put("prepare fails", s -> s.prepare("SELECT x FROM t"));
    calls.put("collect", s -> s.collect(paged, Collectors.counting()));
    calls.put("use keyspace", s -> s.useKeyspace(sessions.keyspace()));
    calls.put("trace fails", s -> s.queryTrace(TimeUuids.next()));
    calls.put("after close", s -> closed.execute("SELECT c FROM t"));
    calls.put("prepare after close", s -> closed.prepare("SELECT c FROM t"));
    calls.put("close again", s -> closed.close());
    for (Map.Entry<String, Function<CqlSession, Future<?>>> call : calls.entrySet()) {
      ContextInternal context = caller.context(sessions.vertx());
      Promise<ContextInternal> seen = Promise.promise();
      Caller.run(
          context, v -> call.getValue().apply(session).onComplete(r -> complete(caller, seen)));
      assertSame(call.getKey(), context, Awaits.get(seen.future()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nextPageCompletesOnTheContextThatAsksForIt(Caller caller) {
    CqlSession session = sessions.on(Wire.V4);
    SimpleStatement paged = SimpleStatement.of("SELECT c FROM t WHERE p = 1").withPageSize(3);
    var first = Awaits.get(session.execute(paged));
    ContextInternal context = caller.context(sessions.vertx());
    Promise<ContextInternal> seen = Promise.promise();
    Caller.run(context, v -> first.nextPage().onComplete(r -> complete(caller, seen)));
    assertSame("nextPage", context, Awaits.get(seen.future()));
  }

  @ParameterizedTest
  @EnumSource
  void connectAndCloseCompleteOnTheCallersContext(Caller caller) {
    ContextInternal context = caller.context(sessions.vertx());
    Promise<ContextInternal> connected = Promise.promise();
    Promise<ContextInternal> closed = Promise.promise();
    Caller.run(
        context,
        v ->
            CqlSession.connect(sessions.vertx(), sessions.options())
                .onFailure(connected::fail)
                .onSuccess(
                    session -> {
                      complete(caller, connected);
                      session.close().onComplete(done -> complete(caller, closed));
                    }));
    assertSame("connect", context, Awaits.get(connected.future()));
    assertSame("close", context, Awaits.get(closed.future()));
  }

  @ParameterizedTest
  @EnumSource
  void handlersOfStreamsAreCalledOnTheContextThatMadeThem(Caller caller) {
    CqlSession session = sessions.on(Wire.V4);
    ContextInternal context = caller.context(sessions.vertx());
    List<ContextInternal> rows = new CopyOnWriteArrayList<>();
    List<Boolean> threads = new CopyOnWriteArrayList<>();
    Promise<ContextInternal> end = Promise.promise();
    Promise<ContextInternal> failure = Promise.promise();
    Caller.run(
        context,
        v -> {
          session.stream(SimpleStatement.of("SELECT c FROM t WHERE p = 1").withPageSize(3))
              .exceptionHandler(end::fail)
              .endHandler(x -> complete(caller, end))
              .handler(
                  row -> {
                    rows.add(ContextInternal.current());
                    threads.add(caller.isRightThread());
                  });
          session.stream("SELECT x FROM t")
              .exceptionHandler(x -> complete(caller, failure))
              .handler(row -> failure.fail("row"));
        });
    assertSame("end", context, Awaits.get(end.future()));
    assertSame("exception", context, Awaits.get(failure.future()));
    assertThat(threads).hasSize(10).containsOnly(true);
    if (context != null) {
      assertThat(rows).containsOnly(context);
    }
  }

  @Test
  void aPlainThreadKeepsItsLoop() {
    CqlSession session = sessions.on(Wire.V4);
    List<Thread> threads = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 5; i++) {
      Promise<Void> done = Promise.promise();
      session
          .execute("SELECT c FROM t WHERE p = 1")
          .onComplete(
              rows -> {
                threads.add(Thread.currentThread());
                done.complete();
              });
      Awaits.get(done.future());
    }
    // What is complete before the handler is set may run on this thread's context all the same.
    assertThat(threads).doesNotContain(Thread.currentThread());
    assertThat(threads.stream().distinct()).hasSize(1);
  }

  private static void complete(Caller caller, Promise<ContextInternal> seen) {
    if (caller.isRightThread()) {
      seen.complete(ContextInternal.current());
    } else {
      seen.fail("on " + Thread.currentThread() + " with " + ContextInternal.current());
    }
  }

  private static void assertSame(String call, ContextInternal expected, ContextInternal seen) {
    if (expected == null) {
      assertThat(seen).as(call).isNotNull();
    } else {
      assertThat(seen).as(call).isSameAs(expected);
    }
  }
}
