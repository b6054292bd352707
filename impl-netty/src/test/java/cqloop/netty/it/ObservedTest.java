package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import cqloop.BatchStatement;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.SyntaxError;
import cqloop.testkit.RecordedClient;
import cqloop.testkit.RecordedClient.Step;
import cqloop.testkit.RecordedSpan;
import cqloop.testkit.RecordingMetrics;
import cqloop.testkit.RecordingTracer;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.FakeNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the metrics and the tracer of Vert.x are told of requests. */
class ObservedTest {

  private final Fakes fakes = new Fakes();
  private final RecordingMetrics metrics = new RecordingMetrics();
  private final RecordingTracer tracer = new RecordingTracer();
  private final Vertx vertx = Vertx.builder().withMetrics(metrics).withTracer(tracer).build();
  private FakeNode node;
  private CqlOptions options;

  @BeforeEach
  void start() {
    node = fakes.start();
    options = Fakes.options(node).setMetricsName("orders").setTracingPolicy(TracingPolicy.ALWAYS);
  }

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void aRequestIsOneSpanWithItsTextAndItsCoordinator() {
    CqlSession session = connect();
    ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    Promise<RowSet> done = Promise.promise();
    context.runOnContext(
        v ->
            session
                .execute(SimpleStatement.of("SELECT 1", 42).withKeyspace("ks"))
                .onComplete(done));
    Awaits.get(done.future());
    assertThat(tracer.spans()).hasSize(1);
    RecordedSpan span = tracer.spans().get(0);
    assertThat(span.start().kind()).isEqualTo(SpanKind.RPC);
    assertThat(span.start().operation()).isEqualTo("QUERY");
    assertThat(span.context()).isSameAs(context);
    assertThat(span.tags())
        .containsOnly(
            entry("db.system", "cassandra"),
            entry("db.operation", "QUERY"),
            entry("db.statement", "SELECT 1"),
            entry("db.namespace", "ks"));
    assertThat(span.end().tags()).containsEntry("network.peer.address", Fakes.endpoint(node));
    assertThat(span.end().failure()).isNull();
    assertThat(span.ends()).isEqualTo(1);
  }

  @Test
  void everyKindOfRequestIsObservedOnce() {
    CqlSession session = connect();
    PreparedStatement prepared = Awaits.get(session.prepare("SELECT v"));
    Awaits.get(session.execute(prepared.bind()));
    Awaits.get(session.execute(BatchStatement.logged(prepared.bind(), prepared.bind())));
    assertThat(tracer.spans())
        .extracting(
            span -> span.tags().get("db.operation"), span -> span.tags().get("db.statement"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("PREPARE", "SELECT v"),
            org.assertj.core.groups.Tuple.tuple("EXECUTE", "SELECT v"),
            org.assertj.core.groups.Tuple.tuple("BATCH", "batch of 2 statements"));
    assertThat(tracer.openSpans()).isEmpty();
    RecordedClient client = client();
    assertThat(client.namespace()).isEqualTo("orders");
    assertThat(client.remote().port()).isEqualTo(node.port());
    for (int request = 1; request <= 3; request++) {
      assertThat(client.steps(request))
          .containsExactly(
              Step.REQUEST_BEGIN, Step.REQUEST_END, Step.RESPONSE_BEGIN, Step.RESPONSE_END);
    }
    assertThat(client.calls())
        .filteredOn(call -> call.request() == 2 && call.bytes() >= 0)
        .hasSize(2)
        .allSatisfy(call -> assertThat(call.bytes()).isPositive());
  }

  @Test
  void aFailureEndsTheSpanAndResetsTheRequest() {
    node.when(query("SELEC")).reply(Errors.error(Errors.SYNTAX_ERROR, "no"));
    CqlSession session = connect();
    SyntaxError error = Awaits.failure(SyntaxError.class, session.execute("SELEC"));
    assertThat(tracer.spans()).hasSize(1);
    assertThat(tracer.spans().get(0).end().failure()).isSameAs(error);
    assertThat(client().steps(1)).containsExactly(Step.REQUEST_BEGIN, Step.REQUEST_RESET);
    assertThat(client().openRequests()).isZero();
  }

  @Test
  void retriesAreTheSameRequest() {
    node.when(query("SELECT 1")).once().reply(Errors.error(Errors.BOOTSTRAPPING, "not yet"));
    CqlSession session = connect();
    Awaits.outcome(session.execute("SELECT 1"));
    assertThat(tracer.spans()).hasSize(1);
    assertThat(client().requests()).isEqualTo(1);
  }

  @Test
  void withPropagateOnlyRequestsOfATraceAreTraced() {
    options.setTracingPolicy(TracingPolicy.PROPAGATE);
    CqlSession session = connect();
    Awaits.get(session.execute("SELECT 1"));
    assertThat(tracer.spans()).isEmpty();
    ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    RecordedSpan parent = tracer.activate(context, "GET /");
    Promise<RowSet> done = Promise.promise();
    context.runOnContext(v -> session.execute("SELECT 2").onComplete(done));
    Awaits.get(done.future());
    assertThat(tracer.spans()).hasSize(1);
    assertThat(tracer.spans().get(0).parent()).isSameAs(parent);
    assertThat(client().requests()).isEqualTo(2);
  }

  @Test
  void withIgnoreNothingIsTraced() {
    options.setTracingPolicy(TracingPolicy.IGNORE);
    CqlSession session = connect();
    Awaits.get(session.execute("SELECT 1"));
    assertThat(tracer.spans()).isEmpty();
    assertThat(client().requests()).isEqualTo(1);
  }

  @Test
  void theMetricsCloseWithTheSession() {
    CqlSession session = connect();
    Awaits.get(session.close());
    assertThat(client().isClosed()).isTrue();
    Supplier<Future<RowSet>> late = () -> session.execute("SELECT 1");
    assertThat(Awaits.outcome(late.get()).failed()).isTrue();
    assertThat(client().openRequests()).isZero();
  }

  private CqlSession connect() {
    return Awaits.get(CqlSession.connect(vertx, options));
  }

  private RecordedClient client() {
    List<RecordedClient> clients = metrics.clients("cql");
    assertThat(clients).hasSize(1);
    return clients.get(0);
  }
}
