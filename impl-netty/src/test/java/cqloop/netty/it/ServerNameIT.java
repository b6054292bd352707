package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.TlsEngine;
import cqloop.TlsOptions;
import cqloop.testkit.TestCertificates;
import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario S21: the name that each node is told (SNI), as its bytes say in the ClientHello. */
class ServerNameIT {

  private static final String NONE = "none";
  private static final int RECORD_HEADER = 5; // RFC 8446, 5.1

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Vertx servers = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Map<Integer, String> names = new ConcurrentHashMap<>();

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    Awaits.get(servers.close());
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK", "OPENSSL"})
  void eachNodeIsToldItsName(TlsEngine engine) {
    assumeTrue(engine == TlsEngine.JDK || OpenSsl.isAvailable());
    int first = listen();
    int second = listen();
    int contact = listen();
    int address = listen();
    TlsOptions tls =
        TlsServers.trusting(TestCertificates.create())
            .setEngine(engine)
            .addServerName("127.0.0.1:" + first, "n1.db.example")
            .addServerName("127.0.0.1:" + second, "n2.db.example");
    CqlOptions options =
        TlsServers.options("127.0.0.1:" + first, tls)
            .addContactPoint("127.0.0.1:" + second)
            .addContactPoint("localhost:" + contact)
            .addContactPoint("127.0.0.1:" + address);
    Awaits.failure(CqlSession.connect(vertx, options));

    assertThat(names)
        .containsOnly(
            Map.entry(first, "n1.db.example"),
            Map.entry(second, "n2.db.example"),
            Map.entry(contact, "localhost"),
            Map.entry(address, NONE));
  }

  /** Hangs up when it has read the first record. */
  private int listen() {
    NetServer server =
        servers
            .createNetServer()
            .connectHandler(
                socket -> {
                  Buffer read = Buffer.buffer();
                  socket.handler(
                      bytes -> {
                        read.appendBuffer(bytes);
                        if (read.length() >= RECORD_HEADER
                            && read.length() >= RECORD_HEADER + read.getUnsignedShort(3)) {
                          names.put(socket.localAddress().port(), serverName(read));
                          socket.close();
                        }
                      });
                });
    return Awaits.get(server.listen(0, "127.0.0.1")).actualPort();
  }

  /** RFC 8446, 4.1.2 (ClientHello) and RFC 6066, 3 (server_name). */
  private static String serverName(Buffer hello) {
    int at = RECORD_HEADER + 4 + 2 + 32; // header of the handshake, version, random
    at += 1 + hello.getUnsignedByte(at); // session id
    at += 2 + hello.getUnsignedShort(at); // suites
    at += 1 + hello.getUnsignedByte(at); // compression
    int end = at + 2 + hello.getUnsignedShort(at);
    at += 2;
    while (at < end) {
      int type = hello.getUnsignedShort(at);
      int length = hello.getUnsignedShort(at + 2);
      if (type == 0) {
        // Length of the list, one name of type 0 (host_name), its length, its bytes.
        assertThat(hello.getUnsignedByte(at + 6)).isZero();
        return hello.getString(at + 9, at + 4 + length);
      }
      at += 4 + length;
    }
    return NONE;
  }
}
