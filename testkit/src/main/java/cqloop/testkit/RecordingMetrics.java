package cqloop.testkit;

import io.vertx.core.VertxOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Any thread. A Vert.x metrics back end that keeps what clients and pools report.
 *
 * <pre>{@code
 * RecordingMetrics metrics = new RecordingMetrics();
 * Vertx vertx = Vertx.builder().withMetrics(metrics).build();
 * }</pre>
 */
public final class RecordingMetrics implements VertxMetricsFactory {
  private final List<RecordedClient> clients = new CopyOnWriteArrayList<>();
  private final List<RecordedPool> pools = new CopyOnWriteArrayList<>();

  /** The clients of one type, such as {@code cql}, in the order of their creation. */
  public List<RecordedClient> clients(String type) {
    return clients.stream().filter(client -> client.type().equals(type)).toList();
  }

  /** The pools of one type in the order of their creation. */
  public List<RecordedPool> pools(String type) {
    return pools.stream().filter(pool -> pool.type().equals(type)).toList();
  }

  @Override
  public VertxMetrics metrics(VertxOptions options) {
    return new Recorder();
  }

  private final class Recorder implements VertxMetrics {
    @Override
    public boolean isMetricsEnabled() {
      return true;
    }

    @Override
    public ClientMetrics<?, ?, ?> createClientMetrics(
        SocketAddress remote, String type, String namespace) {
      RecordedClient client = new RecordedClient(remote, type, namespace);
      clients.add(client);
      return client.metrics();
    }

    @Override
    public PoolMetrics<?, ?> createPoolMetrics(String type, String name, int maxSize) {
      RecordedPool pool = new RecordedPool(type, name, maxSize);
      pools.add(pool);
      return pool.metrics();
    }
  }
}
