package cqloop.netty.observe;

import cqloop.metadata.Node;
import cqloop.metrics.ConnectionMetrics;
import cqloop.metrics.LatencyMetrics;
import cqloop.metrics.NodeConnections;
import cqloop.metrics.PreparedMetrics;
import cqloop.metrics.RateMetrics;
import cqloop.metrics.RequestMetrics;
import cqloop.metrics.SessionMetrics;
import cqloop.metrics.SpeculationMetrics;
import cqloop.metrics.ThrottleMetrics;
import cqloop.netty.conn.Traffic;
import cqloop.netty.engine.Admissions;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.LoopMetrics;
import cqloop.netty.loop.RecentRates;
import cqloop.netty.pool.PoolSize;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Any thread. Adds up what each loop of a session counts for itself. */
public final class MetricsReader {

  private static final double PER_CENT = 100;

  private final LatencyReader latency = new LatencyReader();
  private final LatencyReader aborted = new LatencyReader();
  private final Map<String, NodeConnections> nodes = new LinkedHashMap<>();
  private RateMetrics rate = new RateMetrics(0, 0, 0, 0);
  private RequestMetrics requests = new RequestMetrics(0, 0, 0, 0, 0, 0, 0);
  private ConnectionMetrics connections = new ConnectionMetrics(List.of(), 0, 0, 0, 0);
  private ThrottleMetrics throttle = new ThrottleMetrics(0, 0);
  private long speculations;
  private long preparedHits;

  private MetricsReader() {}

  /** Returns the figures of a session. */
  public static SessionMetrics read(Collection<LoopEngine> engines, PreparedMetrics prepared) {
    MetricsReader reader = new MetricsReader();
    for (LoopEngine engine : engines) {
      reader.add(engine);
    }
    return reader.result(prepared);
  }

  private void add(LoopEngine engine) {
    LoopMetrics metrics = engine.metrics();
    latency.add(metrics.latencies());
    aborted.add(metrics.abortedSpeculations());
    speculations += metrics.speculations().get();
    preparedHits += metrics.preparedHits().get();
    addRates(metrics.rates(), engine.deadlines().nanoTime());
    addRequests(metrics);
    addTraffic(engine.connector().traffic(), metrics.connectTimeouts().get());
    engine.countConnections(this::addConnections);
    Admissions admissions = engine.admissions();
    if (admissions != null) {
      throttle =
          new ThrottleMetrics(
              throttle.waiting() + admissions.waiting().get(),
              throttle.refused() + admissions.refused().get());
    }
  }

  private void addRates(RecentRates rates, long nowNanos) {
    rate =
        new RateMetrics(
            rate.mean() + rates.mean(nowNanos),
            rate.oneMinute() + rates.oneMinute(nowNanos),
            rate.fiveMinutes() + rates.fiveMinutes(nowNanos),
            rate.fifteenMinutes() + rates.fifteenMinutes(nowNanos));
  }

  private void addRequests(LoopMetrics metrics) {
    requests =
        new RequestMetrics(
            requests.answered() + metrics.rates().count(),
            requests.failed() + metrics.failures().get(),
            requests.running() + metrics.running().get(),
            requests.timeouts() + metrics.requestTimeouts().get(),
            requests.attemptTimeouts() + metrics.attemptTimeouts().get(),
            requests.retries() + metrics.retries().get(),
            requests.repreparations() + metrics.repreparations().get());
  }

  private void addTraffic(Traffic traffic, long timeouts) {
    connections =
        new ConnectionMetrics(
            List.of(),
            connections.timeouts() + timeouts,
            connections.orphans() + traffic.orphans().get(),
            connections.bytesSent() + traffic.bytesSent().get(),
            connections.bytesReceived() + traffic.bytesReceived().get());
  }

  private void addConnections(Node node, PoolSize size) {
    NodeConnections before = nodes.get(node.endpoint());
    int available = before == null ? 0 : before.available();
    int total = before == null ? 0 : before.total();
    nodes.put(
        node.endpoint(),
        new NodeConnections(node, available + size.ready(), total + size.ready() + size.ending()));
  }

  private SessionMetrics result(PreparedMetrics prepared) {
    LatencyMetrics losers = aborted.read();
    LatencyMetrics answered = latency.read();
    double percentage = answered.count() == 0 ? 0 : PER_CENT * losers.count() / answered.count();
    return new SessionMetrics(
        answered,
        rate,
        requests,
        new SpeculationMetrics(speculations, losers, percentage),
        new ConnectionMetrics(
            new ArrayList<>(nodes.values()),
            connections.timeouts(),
            connections.orphans(),
            connections.bytesSent(),
            connections.bytesReceived()),
        new PreparedMetrics(
            prepared.hits() + preparedHits,
            prepared.misses(),
            prepared.evictions(),
            prepared.size()),
        throttle);
  }
}
