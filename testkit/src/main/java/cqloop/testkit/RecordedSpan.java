package cqloop.testkit;

import io.vertx.core.Context;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. One span: its start is fixed, its end is published once.
 *
 * @see RecordingTracer
 */
public final class RecordedSpan {
  /**
   * Value. How a span began.
   *
   * @param kind its kind
   * @param policy the tracing policy of the caller
   * @param operation its name
   * @param request the object that the caller traced
   */
  public record Start(SpanKind kind, TracingPolicy policy, String operation, Object request) {}

  /**
   * Value. How a span ended.
   *
   * @param context the context that the end was reported with
   * @param response the response, or null
   * @param failure the failure, or null
   * @param tags the tags of the response
   */
  public record End(
      Context context,
      @Nullable Object response,
      @Nullable Throwable failure,
      Map<String, String> tags) {}

  private final Start start;
  private final Context context;
  private final @Nullable RecordedSpan parent;
  private final Map<String, String> tags;

  /** Published: set once. */
  private volatile @Nullable End end;

  private volatile int ends;

  RecordedSpan(
      Start start, Context context, @Nullable RecordedSpan parent, Map<String, String> tags) {
    this.start = start;
    this.context = context;
    this.parent = parent;
    this.tags = Map.copyOf(tags);
  }

  /** How the span began. */
  public Start start() {
    return start;
  }

  /** The context that the span began on. */
  public Context context() {
    return context;
  }

  /** The span that was active on that context, or null. */
  public @Nullable RecordedSpan parent() {
    return parent;
  }

  /** The tags of the request. */
  public Map<String, String> tags() {
    return tags;
  }

  /** How the span ended, or null while it is open. */
  public @Nullable End end() {
    return end;
  }

  /** How many times an end was reported; a correct client reports one. */
  public int ends() {
    return ends;
  }

  synchronized void finish(End how) {
    end = how;
    ends++;
  }
}
