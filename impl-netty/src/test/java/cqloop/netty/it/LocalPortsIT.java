package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.error.NoNodeAvailable;
import cqloop.testkit.fake.FakeNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxBootstrap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The local address and the range of local ports that connections come from. */
class LocalPortsIT {

  private static final String LOCAL = "127.0.0.2";

  private final Fakes fakes = new Fakes();
  private final WatchedSockets sockets = new WatchedSockets();
  private Vertx vertx;
  private FakeNode node;

  @BeforeEach
  void start() {
    vertx =
        VertxBootstrap.create()
            .options(new VertxOptions().setEventLoopPoolSize(2))
            .transport(sockets)
            .init()
            .vertx();
    node = fakes.start();
  }

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void everyConnectionComesFromAPortOfTheRange() throws IOException {
    int min = freeRange(8);
    CqlSession session = connect(min, min + 7);
    Awaits.until("pool and control are open", Awaits.SOON, () -> sockets.localPorts().size() == 2);

    assertThat(sockets.localPorts())
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allSatisfy(port -> assertThat(port).isBetween(min, min + 7));
    assertThat(sockets.localHosts()).containsOnly(LOCAL);
    Awaits.get(session.close());
  }

  @Test
  void portsInUseArePassedOver() throws IOException {
    int min = freeRange(6);
    List<ServerSocket> others = new ArrayList<>();
    for (int port = min; port < min + 4; port++) {
      others.add(new ServerSocket(port, 1, InetAddress.getByName(LOCAL)));
    }
    CqlSession session = connect(min, min + 5);
    Awaits.until("pool and control are open", Awaits.SOON, () -> sockets.localPorts().size() == 2);

    assertThat(sockets.localPorts()).containsExactlyInAnyOrder(min + 4, min + 5);
    Awaits.get(session.close());
    for (ServerSocket other : others) {
      other.close();
    }
  }

  @Test
  void saysThatEveryPortIsInUse() throws IOException {
    int min = freeRange(2);
    try (ServerSocket first = new ServerSocket(min, 1, InetAddress.getByName(LOCAL));
        ServerSocket second = new ServerSocket(min + 1, 1, InetAddress.getByName(LOCAL))) {
      assertThat(first.isBound() && second.isBound()).isTrue();
      NoNodeAvailable failure =
          Awaits.failure(NoNodeAvailable.class, CqlSession.connect(vertx, options(min, min + 1)));

      assertThat(failure)
          .hasMessageContaining("every local port from %d to %d is in use", min, min + 1)
          .hasMessageContaining("tcp.localPortMin");
    }
    assertThat(sockets.open()).isZero();
    assertThat(sockets.count()).isEqualTo(2);
  }

  private CqlSession connect(int min, int max) {
    return Awaits.get(CqlSession.connect(vertx, options(min, max)));
  }

  private CqlOptions options(int min, int max) {
    CqlOptions options = Fakes.options(node);
    options
        .getConnection()
        .setHandshakeTimeout(Duration.ofSeconds(20))
        .setConnectTimeout(Duration.ofSeconds(20))
        .getTcp()
        .setLocalAddress(LOCAL)
        .setLocalPortMin(min)
        .setLocalPortMax(max);
    return options;
  }

  /** Returns the first of so many ports in a row that nobody uses. */
  private static int freeRange(int count) throws IOException {
    for (int min = 20_100; min < 32_000; min += count) {
      if (isFree(min, count)) {
        return min;
      }
    }
    throw new IllegalStateException("no " + count + " free ports in a row");
  }

  private static boolean isFree(int min, int count) throws IOException {
    for (int port = min; port < min + count; port++) {
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(LOCAL))) {
        assertThat(probe.getLocalPort()).isEqualTo(port);
      } catch (java.net.BindException taken) {
        return false;
      }
    }
    return true;
  }
}
