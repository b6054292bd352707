package cqloop.testkit.fake;

import static cqloop.testkit.fake.FaultProxy.Direction.TO_CLIENT;
import static cqloop.testkit.fake.FaultProxy.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.testkit.fake.ProxyFaults.Cut.How;
import cqloop.testkit.fake.ProxyFaults.Flow;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultProxyTest {
  private Vertx vertx;
  private NetServer echo;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    echo = vertx.createNetServer().connectHandler(socket -> socket.pipeTo(socket));
    Waiting.get(echo.listen(0, "127.0.0.1"));
    proxy =
        Waiting.get(FaultProxy.start(vertx, new InetSocketAddress("127.0.0.1", echo.actualPort())));
  }

  @AfterEach
  void stop() throws Exception {
    Waiting.get(proxy.close());
    Waiting.get(vertx.close());
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(5_000);
    socket.connect(proxy.address(), 5_000);
    return socket;
  }

  /** The reset may arrive as early as the connect. */
  private void assertResetAtOnce() {
    assertThatThrownBy(
            () -> {
              try (Socket socket = connect()) {
                socket.getInputStream().read();
              }
            })
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String read(Socket socket, int bytes) throws IOException {
    byte[] read = socket.getInputStream().readNBytes(bytes);
    return new String(read, StandardCharsets.US_ASCII);
  }

  @Test
  void forwardsBothWaysAndCounts() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "hello");
      assertThat(read(socket, 5)).isEqualTo("hello");
      assertThat(proxy.counters()).isEqualTo(new FaultProxy.Counters(1, 1, 5, 5, 0));
    }
  }

  @Test
  void delaysEveryByte() throws Exception {
    Waiting.get(proxy.change(TO_CLIENT, faults -> faults.withDelay(150)));
    try (Socket socket = connect()) {
      long before = System.nanoTime();
      write(socket, "hello");
      assertThat(read(socket, 5)).isEqualTo("hello");
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(150_000_000L);
    }
  }

  @Test
  void stallKeepsBytesUntilItEnds() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "a");
      assertThat(read(socket, 1)).isEqualTo("a");
      Waiting.get(proxy.change(TO_CLIENT, faults -> faults.withFlow(Flow.STALLED)));
      write(socket, "bc");
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> read(socket, 2)).isInstanceOf(SocketTimeoutException.class);
      socket.setSoTimeout(5_000);
      Waiting.get(proxy.heal());
      assertThat(read(socket, 2)).isEqualTo("bc");
    }
  }

  @Test
  void blackHoleLosesBytesInOneDirection() throws Exception {
    Waiting.get(proxy.change(TO_SERVER, faults -> faults.withFlow(Flow.SWALLOWED)));
    try (Socket socket = connect()) {
      write(socket, "lost");
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketTimeoutException.class);
      assertThat(proxy.counters().bytesSwallowed()).isEqualTo(4);
      Waiting.get(proxy.heal());
      socket.setSoTimeout(5_000);
      write(socket, "kept");
      assertThat(read(socket, 4)).isEqualTo("kept");
    }
  }

  @Test
  void splitsWrites() throws Exception {
    Waiting.get(proxy.change(TO_CLIENT, faults -> faults.withSplit(1, 20)));
    try (Socket socket = connect()) {
      write(socket, "abc");
      byte[] room = new byte[8];
      StringBuilder reads = new StringBuilder();
      while (reads.length() < 6) {
        int read = socket.getInputStream().read(room);
        reads.append(new String(room, 0, read, StandardCharsets.US_ASCII)).append('|');
      }
      assertThat(reads.toString()).isEqualTo("a|b|c|");
    }
  }

  @Test
  void flipsOneBitAtAnOffset() throws Exception {
    Waiting.get(proxy.change(TO_CLIENT, faults -> faults.withCorruptionAt(2)));
    try (Socket socket = connect()) {
      write(socket, "aaaa");
      assertThat(read(socket, 4)).isEqualTo("aa`a");
    }
  }

  @Test
  void cutsAfterSoManyBytesWithFin() throws Exception {
    Waiting.get(proxy.change(TO_CLIENT, faults -> faults.withCut(3, How.CLOSE)));
    try (Socket socket = connect()) {
      write(socket, "abcdef");
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .isEqualTo("abc");
    }
  }

  @Test
  void cutsAfterSoManyBytesWithRst() throws Exception {
    Waiting.get(proxy.change(TO_SERVER, faults -> faults.withCut(3, How.RESET)));
    try (Socket socket = connect()) {
      write(socket, "abcdef");
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void cutsIntoSilence() throws Exception {
    Waiting.get(proxy.change(TO_CLIENT, faults -> faults.withCut(3, How.SILENCE)));
    try (Socket socket = connect()) {
      write(socket, "abcdef");
      assertThat(read(socket, 3)).isEqualTo("abc");
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketTimeoutException.class);
      assertThat(proxy.counters().openLinks()).isEqualTo(1);
    }
  }

  @Test
  void resetsAllLinks() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "a");
      assertThat(read(socket, 1)).isEqualTo("a");
      Waiting.get(proxy.resetLinks());
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void halfClosesTowardsTheClientAndStillForwardsToTheServer() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "a");
      assertThat(read(socket, 1)).isEqualTo("a");
      Waiting.get(proxy.halfClose(TO_CLIENT));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      write(socket, "more");
      Polling.until(() -> proxy.counters().bytesToServer() == 5);
    }
  }

  @Test
  void limitsTheBandwidth() throws Exception {
    Waiting.get(proxy.change(TO_CLIENT, faults -> faults.withBandwidth(1_000).withSplit(50, 1)));
    try (Socket socket = connect()) {
      long before = System.nanoTime();
      write(socket, "x".repeat(200));
      assertThat(read(socket, 200)).hasSize(200);
      // Three of the four parts wait for 50 ms each.
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(150_000_000L);
    }
  }

  @Test
  void stopsReadingSoThatTheSenderFillsItsBuffers() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "a");
      assertThat(read(socket, 1)).isEqualTo("a");
      Waiting.get(proxy.stopReading(true));
      write(socket, "b".repeat(1_000));
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketTimeoutException.class);
      // One read may have been under way.
      assertThat(proxy.counters().bytesToServer()).isEqualTo(1);
      Waiting.get(proxy.heal());
      socket.setSoTimeout(5_000);
      assertThat(read(socket, 1_000)).hasSize(1_000);
    }
  }

  @Test
  void refusesNewConnections() throws Exception {
    proxy.refuse(true);
    assertResetAtOnce();
  }

  @Test
  void resetsTheClientWhenTheTargetIsClosed() throws Exception {
    Waiting.get(echo.close());
    assertResetAtOnce();
  }

  @Test
  void listensAgainOnTheSamePort() throws Exception {
    int port = proxy.address().getPort();
    for (int i = 0; i < 30; i++) {
      Waiting.get(proxy.stop());
      assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
      Waiting.get(proxy.resume());
      assertThat(proxy.address().getPort()).isEqualTo(port);
    }
    try (Socket socket = connect()) {
      write(socket, "a");
      assertThat(read(socket, 1)).isEqualTo("a");
    }
  }
}
