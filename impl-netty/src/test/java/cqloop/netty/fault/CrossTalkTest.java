package cqloop.netty.fault;

import static cqloop.testkit.fake.Conditions.cqlPrefix;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.SimpleStatement;
import cqloop.error.CqlException;
import cqloop.netty.it.Awaits;
import cqloop.testkit.fake.Exchange;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * I1 and I2 on real sockets, faults D1 and D2: every request has a token of its own, which its
 * answer repeats. A tenth is never answered, a tenth comes up to three times later than the limit,
 * connections are reset twice a second: no answer reaches another request, none is lost.
 *
 * <p>Two million answers with 16,000 in flight take some minutes:
 *
 * <pre>
 * mvn -pl impl-netty -am test -Dtest=CrossTalkTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dcqloop.crosstalk.requests=2000000 -Dcqloop.crosstalk.inflight=16000
 * </pre>
 */
class CrossTalkTest {

  private static final int REQUESTS = Integer.getInteger("cqloop.crosstalk.requests", 10_000);
  private static final int IN_FLIGHT = Integer.getInteger("cqloop.crosstalk.inflight", 1_000);
  private static final int LOOPS = 2;
  private static final long LIMIT_MILLIS = 800;
  private static final long PAUSE_MILLIS = 20;
  private static final long RESET_MILLIS = 500;

  private final Vertx servers = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
  private final SplittableRandom random = new SplittableRandom(7);

  /** Loop-owned. What the requests of one event loop came to. */
  private static final class Tally {
    final long salt;
    int begun;
    int answered;
    int failed;
    int running;

    Tally(long salt) {
      this.salt = salt;
    }
  }

  @AfterEach
  void close() {
    Awaits.get(vertx.close());
    Awaits.get(servers.close());
  }

  @Test
  void everyAnswerReachesItsOwnRequest() {
    FakeCluster cluster =
        Awaits.get(
            FakeCluster.start(
                servers,
                new FakeClusterOptions().addDatacenter("dc1", 3, 1).setFirstAddress("127.0.84.1")));
    cluster.each(node -> node.when(cqlPrefix("token")).react(this::echoOrNot));
    CqlSession session = Awaits.get(CqlSession.connect(vertx, options(cluster)));
    long resets = servers.setPeriodic(RESET_MILLIS, tick -> reset(cluster));

    List<Tally> tallies = new ArrayList<>();
    List<Future<Void>> ends = new ArrayList<>();
    for (int i = 0; i < LOOPS; i++) {
      Tally tally = new Tally(random.nextLong());
      Promise<Void> end = Promise.promise();
      tallies.add(tally);
      ends.add(end.future());
      Context context = ((VertxInternal) vertx).createEventLoopContext();
      context.runOnContext(nothing -> begin(session, tally, end));
    }
    for (Future<Void> end : ends) {
      await(end);
    }
    servers.cancelTimer(resets);

    int answered = tallies.stream().mapToInt(tally -> tally.answered).sum();
    int failed = tallies.stream().mapToInt(tally -> tally.failed).sum();
    assertThat(answered + failed).isEqualTo(REQUESTS / LOOPS * LOOPS);
    assertThat(failed).as("requests that met trouble").isGreaterThan(REQUESTS / 20);
    assertThat(answered).as("requests that were answered").isGreaterThan(REQUESTS / 4);
    Awaits.get(session.close());
    Awaits.get(cluster.close());
  }

  private static CqlOptions options(FakeCluster cluster) {
    CqlOptions options = new CqlOptions();
    for (FakeNode node : cluster.nodes()) {
      options.addContactPoint(node.address().getHostString() + ":" + node.port());
    }
    options.getDefaultProfile().setRequestTimeout(Duration.ofMillis(LIMIT_MILLIS));
    options.getPool().setMaxInFlight(8_192).setMaxOrphans(4_096).setQueueSize(IN_FLIGHT);
    options
        .getConnection()
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 20)));
    return options;
  }

  private Future<Void> echoOrNot(Exchange exchange) {
    int lot = random.nextInt(10);
    if (lot == 0) {
      return Future.succeededFuture();
    }
    long millis = lot == 1 ? random.nextLong(3 * LIMIT_MILLIS) : random.nextLong(20);
    return exchange
        .delay(1 + millis)
        .compose(
            waited ->
                exchange.send(
                    Replies.rows().column("v", WireType.TEXT).row(exchange.request().cql())));
  }

  private void reset(FakeCluster cluster) {
    cluster.node(random.nextInt(3)).resetConnections();
  }

  private static void begin(CqlSession session, Tally tally, Promise<Void> end) {
    for (int i = 0; i < IN_FLIGHT / LOOPS; i++) {
      next(session, tally, end);
    }
  }

  private static void next(CqlSession session, Tally tally, Promise<Void> end) {
    if (tally.begun == REQUESTS / LOOPS) {
      if (tally.running == 0) {
        end.tryComplete();
      }
      return;
    }
    String token = "token %016x%016x".formatted(tally.salt, tally.begun++);
    tally.running++;
    session
        .execute(SimpleStatement.of(token).withIdempotent(tally.begun % 2 == 0))
        .onComplete(
            (rows, failure) -> {
              tally.running--;
              if (failure == null && !token.equals(rows.first().getString("v"))) {
                end.tryFail(
                    new AssertionError(token + " got the answer of " + rows.first().getString(0)));
                return;
              }
              if (failure != null && !(failure instanceof CqlException)) {
                end.tryFail(new AssertionError("failed by no type of ours", failure));
                return;
              }
              tally.answered += failure == null ? 1 : 0;
              tally.failed += failure == null ? 0 : 1;
              if (failure == null) {
                next(session, tally, end);
              } else {
                // Not at once: while no node is connected all would fail in a moment.
                Vertx.currentContext()
                    .owner()
                    .setTimer(PAUSE_MILLIS, fired -> next(session, tally, end));
              }
            });
  }

  private static void await(Future<Void> end) {
    try {
      end.toCompletionStage().toCompletableFuture().get(30 + REQUESTS / 1_000, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("The requests do not end", e);
    }
  }
}
