package cqloop.netty.observe;

import cqloop.ExecutionInfo;
import cqloop.RowSet;
import io.vertx.core.Completable;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.tracing.VertxTracer;
import org.jspecify.annotations.Nullable;

/** Any thread. One request that is observed; stands between it and its caller. */
final class Observation<T> implements Completable<T> {

  private final Observer observer;
  private final ContextInternal context;
  private final @Nullable Object span;
  private final @Nullable Object metric;
  private final Completable<T> done;

  Observation(
      Observer observer,
      ContextInternal context,
      @Nullable Object span,
      @Nullable Object metric,
      Completable<T> done) {
    this.observer = observer;
    this.context = context;
    this.span = span;
    this.metric = metric;
    this.done = done;
  }

  @Override
  public void complete(@Nullable T value, @Nullable Throwable failure) {
    try {
      endMetric(value, failure);
      endSpan(value, failure);
    } finally {
      // Whatever a back end does, the caller gets his answer.
      done.complete(value, failure);
    }
  }

  private void endMetric(@Nullable T value, @Nullable Throwable failure) {
    ClientMetrics<Object, Object, Object> metrics = observer.metrics();
    if (metrics == null) {
      return;
    }
    if (failure != null) {
      metrics.requestReset(metric);
    } else if (value instanceof RowSet rows) {
      ExecutionInfo info = rows.executionInfo();
      metrics.requestEnd(metric, info.requestBytes());
      metrics.responseBegin(metric, value);
      metrics.responseEnd(metric, info.responseBytes());
    } else {
      metrics.requestEnd(metric);
      metrics.responseBegin(metric, value);
      metrics.responseEnd(metric);
    }
  }

  private void endSpan(@Nullable T value, @Nullable Throwable failure) {
    VertxTracer<?, Object> tracer = observer.tracer();
    if (tracer != null && span != null) {
      tracer.receiveResponse(context, (Object) value, span, failure, Tags.RESPONSE);
    }
  }
}
