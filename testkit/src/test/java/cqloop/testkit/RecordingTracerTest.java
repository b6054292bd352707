package cqloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingTracerTest {
  private static final TagExtractor<String> TAGS =
      new TagExtractor<>() {
        @Override
        public int len(String text) {
          return 1;
        }

        @Override
        public String name(String text, int index) {
          return "text";
        }

        @Override
        public String value(String text, int index) {
          return text;
        }
      };

  private final RecordingTracer recording = new RecordingTracer();
  private final Vertx vertx = Vertx.builder().withTracer(recording).build();
  private final ContextInternal context =
      ((VertxInternal) vertx).createEventLoopContext().duplicate();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @SuppressWarnings("unchecked")
  private VertxTracer<Object, Object> tracer() {
    return (VertxTracer<Object, Object>) (VertxTracer<?, ?>) context.tracer();
  }

  private Object send(TracingPolicy policy) {
    return tracer()
        .sendRequest(context, SpanKind.RPC, policy, "request", "QUERY", (k, v) -> {}, TAGS);
  }

  @Test
  void keepsASpanFromStartToEnd() {
    Object span = send(TracingPolicy.ALWAYS);
    assertThat(recording.openSpans()).hasSize(1);
    RuntimeException failure = new RuntimeException("broken");
    tracer().receiveResponse(context, "response", span, failure, TAGS);
    assertThat(recording.openSpans()).isEmpty();
    RecordedSpan recorded = recording.spans().get(0);
    assertThat(recorded.start())
        .isEqualTo(new RecordedSpan.Start(SpanKind.RPC, TracingPolicy.ALWAYS, "QUERY", "request"));
    assertThat(recorded.context()).isSameAs(context);
    assertThat(recorded.parent()).isNull();
    assertThat(recorded.tags()).containsExactly(Map.entry("text", "request"));
    assertThat(recorded.end())
        .isEqualTo(new RecordedSpan.End(context, "response", failure, Map.of("text", "response")));
    assertThat(recorded.ends()).isEqualTo(1);
  }

  @Test
  void propagatesOnlyBelowAnActiveSpan() {
    assertThat(send(TracingPolicy.PROPAGATE)).isNull();
    assertThat(send(TracingPolicy.IGNORE)).isNull();
    RecordedSpan parent = recording.activate(context, "incoming");
    send(TracingPolicy.PROPAGATE);
    assertThat(recording.spans()).hasSize(1);
    assertThat(recording.spans().get(0).parent()).isSameAs(parent);
  }

  @Test
  void aResponseWithoutASpanIsAMistake() {
    assertThatThrownBy(() -> tracer().receiveResponse(context, "response", null, null, TAGS))
        .isInstanceOf(IllegalStateException.class);
  }
}
