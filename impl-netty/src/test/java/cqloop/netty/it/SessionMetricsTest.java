package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.opcode;
import static cqloop.testkit.fake.Conditions.query;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.RequestThrottled;
import cqloop.error.RequestTimeout;
import cqloop.error.SyntaxError;
import cqloop.metrics.ConnectionMetrics;
import cqloop.metrics.LatencyMetrics;
import cqloop.metrics.PreparedMetrics;
import cqloop.metrics.RequestMetrics;
import cqloop.metrics.SessionMetrics;
import cqloop.micrometer.SessionMeters;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The figures of a session, on scripted nodes. */
class SessionMetricsTest {

  private static final String SLOW = "SELECT slow FROM t";
  private static final Duration DELAY = Duration.ofMillis(300);

  private final Fakes fakes = new Fakes();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private FakeNode node;
  private CqlOptions options;

  @BeforeEach
  void start() {
    node = fakes.start();
    options = Fakes.options(node);
  }

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void requestsAreCountedWithTheirTimesAndBytes() {
    CqlSession session = connect();
    SessionMetrics before = session.metrics();
    node.when(query("SELEC")).reply(Errors.error(Errors.SYNTAX_ERROR, "no"));
    node.when(query(SLOW)).replyAfter(DELAY.toMillis(), Replies.voidResult());

    for (int i = 0; i < 99; i++) {
      Awaits.get(session.execute("SELECT 1"));
    }
    Awaits.get(session.execute(SLOW));
    Awaits.failure(SyntaxError.class, session.execute("SELEC"));

    SessionMetrics after = session.metrics();
    assertThat(before.latency().count()).isZero();
    assertThat(before.latency().percentile999()).isZero();
    assertThat(after.requests()).isEqualTo(new RequestMetrics(100, 1, 0, 0, 0, 0, 0));
    LatencyMetrics latency = after.latency();
    assertThat(latency.count()).isEqualTo(100);
    assertThat(latency.min()).isPositive().isLessThanOrEqualTo(latency.median());
    assertThat(latency.median()).isLessThanOrEqualTo(latency.percentile75());
    assertThat(latency.percentile75()).isLessThanOrEqualTo(latency.percentile95());
    assertThat(latency.percentile99()).isLessThan(latency.percentile999());
    assertThat(latency.percentile999()).isEqualTo(latency.max()).isGreaterThanOrEqualTo(DELAY);
    assertThat(latency.mean()).isBetween(DELAY.dividedBy(100), latency.max());
    assertThat(latency.stddev()).isPositive();
    assertThat(after.rate().mean()).isPositive();
    ConnectionMetrics connections = after.connections();
    // A frame of v5 that carries SELECT 1 has more than 30 bytes.
    assertThat(connections.bytesSent() - before.connections().bytesSent()).isBetween(3000L, 9000L);
    assertThat(connections.bytesReceived()).isGreaterThan(before.connections().bytesReceived());
  }

  @Test
  void whatTakesTooLongIsATimeoutAndLeavesAnOrphan() {
    CqlSession session = connect();
    node.when(query(SLOW)).once().replyAfter(DELAY.toMillis(), Replies.voidResult());
    Future<RowSet> late =
        session.execute(SimpleStatement.of(SLOW).withTimeout(Duration.ofMillis(50)));
    assertThat(Awaits.failure(RequestTimeout.class, late)).isNotNull();
    assertThat(session.metrics().requests()).isEqualTo(new RequestMetrics(0, 1, 0, 1, 0, 0, 0));
    assertThat(session.metrics().connections().orphans()).isEqualTo(1);
    // The late answer frees the stream id.
    Awaits.until(
        "no orphan is left", Awaits.SOON, () -> session.metrics().connections().orphans() == 0);
  }

  @Test
  void nodesThatDoNotAnswerAreTimeoutsOfConnections() {
    options.getPool().setConnectionsLocal(2);
    node.when(opcode(Opcode.STARTUP)).after(2).drop();
    CqlSession session = connect();
    Awaits.until(
        "the second connection of the pool is given up",
        Awaits.SOON,
        () -> session.metrics().connections().timeouts() > 0);
    assertThat(session.metrics().connections().total()).isEqualTo(1);
    assertThat(session.metrics().requests().timeouts()).isZero();
  }

  @Test
  void retriesAreCountedApartFromRequests() {
    CqlSession session = connect();
    node.when(query(SLOW)).once().reply(Errors.readTimeout(new Errors.Responses(1, 1, 1), false));
    Awaits.get(session.execute(SLOW));
    assertThat(session.metrics().requests()).isEqualTo(new RequestMetrics(1, 0, 0, 0, 0, 1, 0));
  }

  @Test
  void additionalAttemptsAreCountedAndTheLosersTimed() {
    FakeCluster cluster =
        Awaits.get(
            FakeCluster.start(
                fakes.vertx(),
                new FakeClusterOptions().addDatacenter("dc1", 2, 1).setFirstAddress("127.0.73.1")));
    options = Fakes.options(cluster.node(0)).setLocalDatacenter("dc1");
    options
        .getDefaultProfile()
        .setSpeculativeExecution(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 20)));
    CqlSession session = connect();
    Awaits.until(
        "both nodes are connected",
        Awaits.SOON,
        () -> session.metrics().connections().nodes().size() == 2 && allAvailable(session));
    cluster.each(each -> each.when(query(SLOW)).replyAfter(DELAY.toMillis(), Replies.voidResult()));
    Awaits.get(session.execute(SimpleStatement.of(SLOW).withIdempotent(true)));
    SessionMetrics metrics = session.metrics();
    assertThat(metrics.speculation().started()).isEqualTo(1);
    assertThat(metrics.speculation().aborted().count()).isEqualTo(1);
    assertThat(metrics.speculation().aborted().max()).isPositive();
    assertThat(metrics.speculation().percentage()).isEqualTo(100);
    assertThat(metrics.requests().retries()).isZero();
    Awaits.get(session.close());
    Awaits.get(cluster.close());
  }

  private static boolean allAvailable(CqlSession session) {
    return session.metrics().connections().nodes().stream().allMatch(n -> n.available() > 0);
  }

  @Test
  void preparedStatementsAreCountedByWhetherTheyWereKnown() {
    options.getRequest().setPreparedCacheSize(1);
    CqlSession session = connect();
    Awaits.get(session.prepare("SELECT a FROM t"));
    Awaits.get(session.prepare("SELECT a FROM t"));
    Awaits.get(session.prepare("SELECT b FROM t"));
    assertThat(session.metrics().prepared()).isEqualTo(new PreparedMetrics(1, 2, 1, 1));
  }

  @Test
  void whatAThrottleHoldsBackIsCounted() {
    options
        .getRequest()
        .setThrottle(
            new PolicyOptions("concurrency")
                .setConfig(new JsonObject().put("maxConcurrent", 1).put("maxWaiting", 1)));
    CqlSession session = connect();
    node.when(query(SLOW)).replyAfter(DELAY.toMillis(), Replies.voidResult());
    Future<Object> all =
        Awaits.get(
            onLoop(
                () -> {
                  Future<RowSet> first = session.execute(SLOW);
                  Future<RowSet> second = session.execute("SELECT 1");
                  Future<RowSet> third = session.execute("SELECT 2");
                  return Future.succeededFuture(
                      third
                          .recover(error -> Future.succeededFuture())
                          .compose(ignored -> Future.all(first, second))
                          .map(done -> third.cause()));
                }));
    assertThat(session.metrics().throttle().waiting()).isEqualTo(1);
    assertThat(session.metrics().requests().running()).isEqualTo(2);
    assertThat(Awaits.get(all)).isInstanceOf(RequestThrottled.class);
    assertThat(session.metrics().throttle().waiting()).isZero();
    assertThat(session.metrics().throttle().refused()).isEqualTo(1);
    assertThat(session.metrics().requests().answered()).isEqualTo(2);
  }

  private <T> Future<T> onLoop(java.util.function.Supplier<Future<T>> action) {
    return Future.future(promise -> vertx.runOnContext(v -> action.get().onComplete(promise)));
  }

  @Test
  void afterCloseTheFiguresStayAndNoConnectionIsLeft() {
    CqlSession session = connect();
    Awaits.get(session.execute("SELECT 1"));
    ConnectionMetrics open = session.metrics().connections();
    assertThat(open.nodes()).hasSize(1);
    assertThat(open.nodes().get(0).node().endpoint()).isEqualTo(Fakes.endpoint(node));
    assertThat(open.available()).isEqualTo(open.total()).isPositive();
    Awaits.get(session.close());
    Awaits.until(
        "no connection is left", Awaits.SOON, () -> session.metrics().connections().total() == 0);
    assertThat(session.metrics().requests().answered()).isEqualTo(1);
    assertThat(session.metrics().connections().available()).isZero();
  }

  @Test
  void metersOfMicrometerReadTheSame() {
    CqlSession session = connect();
    node.when(query("SELEC")).reply(Errors.error(Errors.SYNTAX_ERROR, "no"));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    SessionMeters meters = new SessionMeters(session, "orders");
    meters.bindTo(registry);
    Awaits.get(session.execute("SELECT 1"));
    Awaits.get(session.execute("SELECT 2"));
    Awaits.failure(SyntaxError.class, session.execute("SELEC"));

    assertThat(registry.get("cql.requests").tag("session", "orders").functionTimer().count())
        .isEqualTo(2);
    assertThat(registry.get("cql.requests").functionTimer().totalTime(TimeUnit.NANOSECONDS))
        .isPositive();
    assertThat(registry.get("cql.requests.failed").functionCounter().count()).isEqualTo(1);
    assertThat(
            registry
                .get("cql.requests.latency")
                .tag("quantile", "0.99")
                .timeGauge()
                .value(TimeUnit.NANOSECONDS))
        .isEqualTo(session.metrics().latency().percentile99().toNanos());
    assertThat(
            registry
                .get("cql.connections")
                .tag("node", Fakes.endpoint(node))
                .tag("state", "total")
                .gauge()
                .value())
        .isEqualTo(session.metrics().connections().total());
    assertThat(registry.get("cql.bytes.sent").functionCounter().count()).isPositive();

    Awaits.get(session.close());
    assertThat(registry.get("cql.requests").functionTimer().count()).isEqualTo(2);
    meters.close();
    assertThat(registry.getMeters()).isEmpty();
  }

  private CqlSession connect() {
    return Awaits.get(CqlSession.connect(vertx, options));
  }
}
