package cqloop.micrometer;

import cqloop.CqlSession;
import cqloop.metadata.Node;
import cqloop.metadata.NodeListener;
import cqloop.metrics.LatencyMetrics;
import cqloop.metrics.NodeConnections;
import cqloop.metrics.SessionMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. The meters of one session, all with the tag {@code session} and named {@code cql…}.
 * They read {@link CqlSession#metrics} when they are read themselves. Those of a node come and go
 * with it.
 */
public final class SessionMeters implements MeterBinder, AutoCloseable {

  private final CqlSession session;
  private final Tags tags;
  private final List<Binding> bindings = new CopyOnWriteArrayList<>();

  /**
   * @param name value of the tag {@code session}
   */
  public SessionMeters(CqlSession session, String name) {
    this.session = session;
    this.tags = Tags.of("session", name);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Binding binding = new Binding(registry);
    bindings.add(binding);
    binding.requests();
    binding.others();
    session.addNodeListener(binding);
    for (Node node : session.topology().nodes()) {
      binding.onAdd(node);
    }
  }

  /** Removes all meters; the session stays open. */
  @Override
  public void close() {
    for (Binding binding : bindings) {
      bindings.remove(binding);
      session.removeNodeListener(binding);
      binding.removeAll();
    }
  }

  /** Any thread. The meters of the session in one registry. */
  private final class Binding implements NodeListener {

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final Map<String, List<Meter>> ofNodes = new ConcurrentHashMap<>();

    Binding(MeterRegistry registry) {
      this.registry = registry;
    }

    void requests() {
      meters.add(
          FunctionTimer.builder(
                  "cql.requests",
                  session,
                  read -> read.metrics().latency().count(),
                  read -> totalNanos(read.metrics().latency()),
                  TimeUnit.NANOSECONDS)
              .tags(tags)
              .description("requests that were answered, and how long that took")
              .register(registry));
      latency("min", LatencyMetrics::min);
      latency("0.5", LatencyMetrics::median);
      latency("0.75", LatencyMetrics::percentile75);
      latency("0.95", LatencyMetrics::percentile95);
      latency("0.98", LatencyMetrics::percentile98);
      latency("0.99", LatencyMetrics::percentile99);
      latency("0.999", LatencyMetrics::percentile999);
      latency("max", LatencyMetrics::max);
      gauge("cql.requests.running", all -> all.requests().running());
      counter("cql.requests.failed", all -> all.requests().failed());
      counter("cql.requests.timeouts", all -> all.requests().timeouts());
      counter("cql.attempts.timeouts", all -> all.requests().attemptTimeouts());
      counter("cql.attempts.retries", all -> all.requests().retries());
      counter("cql.attempts.speculative", all -> all.speculation().started());
      counter("cql.attempts.aborted", all -> all.speculation().aborted().count());
    }

    void others() {
      gauge("cql.throttle.waiting", all -> all.throttle().waiting());
      counter("cql.throttle.refused", all -> all.throttle().refused());
      counter("cql.connections.timeouts", all -> all.connections().timeouts());
      gauge("cql.connections.orphans", all -> all.connections().orphans());
      counter("cql.bytes.sent", all -> all.connections().bytesSent());
      counter("cql.bytes.received", all -> all.connections().bytesReceived());
      gauge("cql.prepared.size", all -> all.prepared().size());
      counter("cql.prepared.hits", all -> all.prepared().hits());
      counter("cql.prepared.misses", all -> all.prepared().misses());
      counter("cql.prepared.evictions", all -> all.prepared().evictions());
      counter("cql.prepared.again", all -> all.requests().repreparations());
    }

    @Override
    public void onAdd(Node node) {
      ofNodes.computeIfAbsent(
          node.endpoint(),
          endpoint ->
              List.of(
                  connections(node, "available", NodeConnections::available),
                  connections(node, "total", NodeConnections::total)));
    }

    @Override
    public void onRemove(Node node) {
      remove(ofNodes.remove(node.endpoint()));
    }

    void removeAll() {
      remove(meters);
      ofNodes.values().forEach(this::remove);
      ofNodes.clear();
    }

    private void remove(@Nullable List<Meter> gone) {
      if (gone != null) {
        gone.forEach(registry::remove);
      }
    }

    private Meter connections(Node node, String state, ToDoubleFunction<NodeConnections> value) {
      return Gauge.builder("cql.connections", session, read -> ofNode(read, node, value))
          .tags(tags.and("node", node.endpoint(), "state", state))
          .description("open connections for requests")
          .register(registry);
    }

    private void latency(String quantile, Function<LatencyMetrics, Duration> value) {
      meters.add(
          TimeGauge.builder(
                  "cql.requests.latency",
                  session,
                  TimeUnit.NANOSECONDS,
                  read -> value.apply(read.metrics().latency()).toNanos())
              .tags(tags.and("quantile", quantile))
              .register(registry));
    }

    private void gauge(String name, ToDoubleFunction<SessionMetrics> value) {
      meters.add(
          Gauge.builder(name, session, read -> value.applyAsDouble(read.metrics()))
              .tags(tags)
              .register(registry));
    }

    private void counter(String name, ToDoubleFunction<SessionMetrics> value) {
      meters.add(
          FunctionCounter.builder(name, session, read -> value.applyAsDouble(read.metrics()))
              .tags(tags)
              .register(registry));
    }
  }

  private static double totalNanos(LatencyMetrics latency) {
    return (double) latency.mean().toNanos() * latency.count();
  }

  private static double ofNode(
      CqlSession session, Node node, ToDoubleFunction<NodeConnections> value) {
    for (NodeConnections connections : session.metrics().connections().nodes()) {
      if (connections.node().endpoint().equals(node.endpoint())) {
        return value.applyAsDouble(connections);
      }
    }
    return 0;
  }
}
