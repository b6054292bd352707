package cqloop.testkit;

import static cqloop.testkit.RecordedClient.Step.CONNECTED;
import static cqloop.testkit.RecordedClient.Step.DISCONNECTED;
import static cqloop.testkit.RecordedClient.Step.REQUEST_BEGIN;
import static cqloop.testkit.RecordedClient.Step.REQUEST_END;
import static cqloop.testkit.RecordedClient.Step.REQUEST_RESET;
import static cqloop.testkit.RecordedClient.Step.RESPONSE_BEGIN;
import static cqloop.testkit.RecordedClient.Step.RESPONSE_END;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingMetricsTest {
  private final RecordingMetrics recording = new RecordingMetrics();
  private final Vertx vertx = Vertx.builder().withMetrics(recording).build();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private VertxMetrics metrics() {
    return ((VertxInternal) vertx).metrics();
  }

  @Test
  @SuppressWarnings("unchecked")
  void keepsTheCallsOfAClientInOrder() {
    SocketAddress remote = SocketAddress.inetSocketAddress(9042, "127.0.0.1");
    ClientMetrics<Object, Object, Object> client =
        (ClientMetrics<Object, Object, Object>)
            metrics().createClientMetrics(remote, "cql", "orders");
    RecordedClient recorded = recording.clients("cql").get(0);
    assertThat(recording.clients("sql")).isEmpty();
    assertThat(recorded.remote()).isEqualTo(remote);
    assertThat(recorded.namespace()).isEqualTo("orders");

    client.connected();
    assertThat(recorded.openConnections()).isEqualTo(1);
    Object first = client.init();
    client.requestBegin(first, "QUERY", "request");
    client.requestEnd(first, 12);
    assertThat(recorded.openRequests()).isEqualTo(1);
    Object second = client.init();
    client.requestBegin(second, "EXECUTE", "request");
    client.requestReset(second);
    client.responseBegin(first, "response");
    client.responseEnd(first, 34);
    client.disconnected();
    client.close();

    assertThat(recorded.requests()).isEqualTo(2);
    assertThat(recorded.openRequests()).isZero();
    assertThat(recorded.openConnections()).isZero();
    assertThat(recorded.isClosed()).isTrue();
    assertThat(recorded.steps(1))
        .containsExactly(REQUEST_BEGIN, REQUEST_END, RESPONSE_BEGIN, RESPONSE_END);
    assertThat(recorded.steps(2)).containsExactly(REQUEST_BEGIN, REQUEST_RESET);
    assertThat(recorded.calls())
        .contains(
            new RecordedClient.Call(0, CONNECTED, null, -1),
            new RecordedClient.Call(1, REQUEST_BEGIN, "QUERY", -1),
            new RecordedClient.Call(1, REQUEST_END, null, 12),
            new RecordedClient.Call(1, RESPONSE_END, null, 34),
            new RecordedClient.Call(0, DISCONNECTED, null, -1));
  }

  @Test
  @SuppressWarnings("unchecked")
  void countsWhatAPoolReports() {
    PoolMetrics<Object, Object> pool =
        (PoolMetrics<Object, Object>) metrics().createPoolMetrics("cql", "orders", 8);
    RecordedPool recorded = recording.pools("cql").get(0);
    Object waiting = pool.enqueue();
    assertThat(recorded.queued()).isEqualTo(1);
    pool.dequeue(waiting);
    Object use = pool.begin();
    assertThat(recorded.inUse()).isEqualTo(1);
    pool.end(use);
    pool.close();
    assertThat(recorded.name()).isEqualTo("orders");
    assertThat(recorded.maxSize()).isEqualTo(8);
    assertThat(recorded.queued()).isZero();
    assertThat(recorded.inUse()).isZero();
    assertThat(recorded.totalQueued()).isEqualTo(1);
    assertThat(recorded.totalUsed()).isEqualTo(1);
    assertThat(recorded.isClosed()).isTrue();
  }
}
