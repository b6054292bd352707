package cqloop.testkit;

import io.vertx.core.Context;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.spi.context.storage.AccessMode;
import io.vertx.core.spi.context.storage.ContextLocal;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. A Vert.x tracer that keeps the spans of clients. It honours the tracing policy as
 * real tracers do: IGNORE makes no span, PROPAGATE only one below an active span. Create it before
 * the Vert.x that uses it.
 *
 * <pre>{@code
 * RecordingTracer tracer = new RecordingTracer();
 * Vertx vertx = Vertx.builder().withTracer(tracer).build();
 * }</pre>
 */
public final class RecordingTracer implements VertxTracerFactory {
  private static final ContextLocal<RecordedSpan> ACTIVE =
      ContextLocal.registerLocal(RecordedSpan.class);

  private final List<RecordedSpan> spans = new CopyOnWriteArrayList<>();

  /** Creates a tracer without spans. */
  public RecordingTracer() {}

  /** The spans that clients began, in order. */
  public List<RecordedSpan> spans() {
    return List.copyOf(spans);
  }

  /** The spans that have not ended. */
  public List<RecordedSpan> openSpans() {
    return spans.stream().filter(span -> span.end() == null).toList();
  }

  /** Makes a span active on a context, as the handling of an incoming request would. */
  public RecordedSpan activate(Context context, String operation) {
    RecordedSpan.Start start =
        new RecordedSpan.Start(SpanKind.RPC, TracingPolicy.ALWAYS, operation, operation);
    RecordedSpan span = new RecordedSpan(start, context, null, Map.of());
    context.putLocal(ACTIVE, AccessMode.CONCURRENT, span);
    return span;
  }

  @Override
  public VertxTracer<?, ?> tracer(TracingOptions options) {
    return new Recorder();
  }

  private final class Recorder implements VertxTracer<Object, RecordedSpan> {
    @Override
    @SuppressWarnings("NullAway") // The contract of VertxTracer: no span is null.
    public <R> @Nullable RecordedSpan sendRequest(
        Context context,
        SpanKind kind,
        TracingPolicy policy,
        R request,
        String operation,
        BiConsumer<String, String> headers,
        TagExtractor<R> extractor) {
      RecordedSpan parent = context.getLocal(ACTIVE, AccessMode.CONCURRENT);
      boolean orphan = policy == TracingPolicy.PROPAGATE && parent == null;
      if (policy == TracingPolicy.IGNORE || orphan) {
        return null;
      }
      RecordedSpan.Start start = new RecordedSpan.Start(kind, policy, operation, request);
      RecordedSpan span = new RecordedSpan(start, context, parent, extractor.extract(request));
      spans.add(span);
      return span;
    }

    @Override
    public <R> void receiveResponse(
        Context context,
        @Nullable R response,
        @Nullable RecordedSpan span,
        @Nullable Throwable failure,
        TagExtractor<R> extractor) {
      if (span == null) {
        throw new IllegalStateException("a response was reported without the span of its request");
      }
      Map<String, String> tags = response == null ? Map.of() : extractor.extract(response);
      span.finish(new RecordedSpan.End(context, response, failure, tags));
    }
  }
}
