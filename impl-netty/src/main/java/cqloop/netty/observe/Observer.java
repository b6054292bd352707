package cqloop.netty.observe;

import cqloop.BatchStatement;
import cqloop.BoundStatement;
import cqloop.CqlOptions;
import cqloop.Statement;
import io.vertx.core.Completable;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. Tells the metrics and the tracer of Vert.x when a request of the application begins
 * and ends, retries and speculative attempts included.
 */
public final class Observer {

  /** Type of the client in the metrics of Vert.x. */
  static final String TYPE = "cql";

  private final @Nullable VertxTracer<?, Object> tracer;
  private final @Nullable ClientMetrics<Object, Object, Object> metrics;
  private final TracingPolicy policy;

  private Observer(
      @Nullable VertxTracer<?, Object> tracer,
      @Nullable ClientMetrics<Object, Object, Object> metrics,
      TracingPolicy policy) {
    this.tracer = tracer;
    this.metrics = metrics;
    this.policy = policy;
  }

  /** Returns an observer, or null when this Vert.x has neither metrics of clients nor a tracer. */
  public static @Nullable Observer of(VertxInternal vertx, CqlOptions options) {
    TracingPolicy policy = options.getTracingPolicy();
    VertxTracer<?, Object> tracer = policy == TracingPolicy.IGNORE ? null : tracer(vertx);
    ClientMetrics<Object, Object, Object> metrics = metrics(vertx, options);
    return tracer == null && metrics == null ? null : new Observer(tracer, metrics, policy);
  }

  @SuppressWarnings("unchecked") // What a tracer gives is only given back to it.
  private static @Nullable VertxTracer<?, Object> tracer(VertxInternal vertx) {
    VertxTracer<?, ?> tracer = vertx.tracer();
    return tracer == null || tracer == VertxTracer.NOOP ? null : (VertxTracer<?, Object>) tracer;
  }

  /** One for the session: what its contact point leads to is one service to the application. */
  @SuppressWarnings("unchecked") // What a back end gives is only given back to it.
  private static @Nullable ClientMetrics<Object, Object, Object> metrics(
      VertxInternal vertx, CqlOptions options) {
    VertxMetrics metrics = vertx.metrics();
    if (metrics == null) {
      return null;
    }
    List<HostAndPort> points = options.contactAddresses();
    // With a cloud bundle there are none: it names its own.
    HostAndPort first =
        points.isEmpty() ? HostAndPort.create("cloud", options.getPort()) : points.get(0);
    return (ClientMetrics<Object, Object, Object>)
        metrics.createClientMetrics(
            SocketAddress.inetSocketAddress(first.port(), first.host()),
            TYPE,
            options.getMetricsName());
  }

  /**
   * A request begins.
   *
   * @param context of the caller
   * @return what is completed instead of {@code done}, and completes that
   */
  public <T> Completable<T> begin(
      ContextInternal context, Statement<?> statement, Completable<T> done) {
    return begin(context, statement, operation(statement), done);
  }

  /** Likewise, of a statement that is prepared. */
  public <T> Completable<T> beginPrepare(
      ContextInternal context, Statement<?> statement, Completable<T> done) {
    return begin(context, statement, "PREPARE", done);
  }

  private static String operation(Statement<?> statement) {
    if (statement instanceof BoundStatement) {
      return "EXECUTE";
    }
    return statement instanceof BatchStatement ? "BATCH" : "QUERY";
  }

  private <T> Completable<T> begin(
      ContextInternal context, Statement<?> statement, String operation, Completable<T> done) {
    Object span = null;
    if (tracer != null) {
      span =
          tracer.sendRequest(
              context,
              SpanKind.RPC,
              policy,
              new ObservedRequest(statement, operation),
              operation,
              (key, value) -> {},
              Tags.REQUEST);
    }
    Object metric = null;
    if (metrics != null) {
      metric = metrics.init();
      metrics.requestBegin(metric, operation, statement);
    }
    return new Observation<>(this, context, span, metric, done);
  }

  @Nullable VertxTracer<?, Object> tracer() {
    return tracer;
  }

  @Nullable ClientMetrics<Object, Object, Object> metrics() {
    return metrics;
  }

  /** The session is closed. */
  public void close() {
    if (metrics != null) {
      metrics.close();
    }
  }
}
