package cqloop.bench.stub;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Main class of the stub server's process; ends when its standard input is closed. */
public final class StubMain {
  private StubMain() {}

  /** Takes the key store, prints {@code ready <plain port> <TLS port>}. */
  public static void main(String[] args) throws Exception {
    try (StubServer server = new StubServer(System.err::println)) {
      InetSocketAddress plain = server.listen(null);
      InetSocketAddress tls = server.listen(StubTls.serverContext(Path.of(args[0])));
      System.out.println("ready " + plain.getPort() + " " + tls.getPort());
      waitForEnd();
    }
  }

  private static void waitForEnd() throws IOException {
    while (System.in.read() >= 0) {
      continue;
    }
  }
}
