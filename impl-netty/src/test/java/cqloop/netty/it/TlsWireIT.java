package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlSession;
import cqloop.TlsEngine;
import cqloop.TlsOptions;
import cqloop.error.NoNodeAvailable;
import cqloop.error.TlsFailed;
import cqloop.error.TlsFailed.Kind;
import cqloop.testkit.TestCertificates;
import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scenario S21, H8, H9 and H12: servers that speak no TLS, or badly, byte by byte as a script says.
 */
class TlsWireIT {

  private static final TestCertificates AUTHORITY = TestCertificates.create();

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final Fakes fakes = new Fakes();

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  static Stream<Arguments> scripts() {
    return Stream.of(
        script(
            "answers as a node without TLS",
            // ERROR frame: invalid protocol version, as Cassandra answers a ClientHello.
            answer("8403000000000000000a0000000a0000"),
            Kind.PROTOCOL_ERROR,
            "is this the port for TLS"),
        script(
            "answers HTTP",
            socket -> socket.handler(bytes -> socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")),
            Kind.PROTOCOL_ERROR,
            "not TLS"),
        script("says nothing", socket -> socket.handler(bytes -> {}), Kind.TIMEOUT, "silent"),
        script("closes at once", NetSocket::close, Kind.CLOSED, "without TLS"),
        script(
            "closes on the hello",
            socket -> socket.handler(bytes -> socket.close()),
            Kind.CLOSED,
            "asks for certificates"),
        script(
            "sends half a record and stalls",
            answer("16030300ff02"),
            Kind.TIMEOUT,
            "handshakeTimeout"),
        // Alerts of RFC 8446, 6.2: 15 0303 0002 02 <code>.
        script("protocol_version", answer("15030300020246"), Kind.PROTOCOL_ERROR, "TLS 1.2"),
        script("handshake_failure", answer("15030300020228"), Kind.PROTOCOL_ERROR, "cipherSuites"),
        script("insufficient", answer("15030300020247"), Kind.PROTOCOL_ERROR, "stronger"),
        script("unrecognized_name", answer("15030300020270"), Kind.PROTOCOL_ERROR, "serverNames"),
        script("unknown_ca", answer("15030300020230"), Kind.CLIENT_REFUSED, "unknown_ca"),
        script("chooses TLS 1.1", answer(hello(0x0302, "c013")), Kind.PROTOCOL_ERROR, "too old"),
        script(
            "chooses what was not offered",
            answer(hello(0x0303, "0001")),
            Kind.PROTOCOL_ERROR,
            "a suite that we did not offer"));
  }

  /** A ServerHello. RFC 5246, 7.4.1.3: version, random, session id, suite, compression. */
  private static String hello(int version, String suite) {
    return "16%04x002a02000026%04x%s00%s00".formatted(version, version, "01".repeat(32), suite);
  }

  private static Arguments script(String name, Handler<NetSocket> server, Kind kind, String words) {
    return Arguments.of(name, server, kind, words);
  }

  private static Handler<NetSocket> answer(String hex) {
    Buffer bytes = Buffer.buffer(HexFormat.of().parseHex(hex));
    return socket -> socket.handler(hello -> socket.write(bytes));
  }

  static Stream<Arguments> everything() {
    List<TlsEngine> engines =
        OpenSsl.isAvailable() ? List.of(TlsEngine.JDK, TlsEngine.OPENSSL) : List.of(TlsEngine.JDK);
    return scripts()
        .map(Arguments::get)
        .flatMap(
            one ->
                engines.stream()
                    .map(engine -> Arguments.of(engine, one[0], one[1], one[2], one[3])));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everything")
  void scripts(TlsEngine engine, String name, Handler<NetSocket> script, Kind kind, String words) {
    AtomicInteger accepted = new AtomicInteger();
    NetServer server =
        listen(
            socket -> {
              accepted.incrementAndGet();
              script.handle(socket);
            });
    TlsOptions tls =
        TlsServers.trusting(AUTHORITY)
            .setEngine(engine)
            .setHandshakeTimeout(Duration.ofMillis(400));
    long start = System.nanoTime();

    TlsFailed failed =
        Awaits.failure(
            TlsFailed.class,
            CqlSession.connect(vertx, TlsServers.options("127.0.0.1:" + server.actualPort(), tls)));

    assertThat(failed.kind()).isEqualTo(kind);
    assertThat(failed).hasMessageContaining(words);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    // One try: a session that cannot open must not storm the node.
    assertThat(accepted).hasValue(1);
  }

  /** The reverse of H9: a node that speaks TLS only hangs up on what is none. */
  @Test
  void plainSessionOnATlsPortIsTold() {
    NetServer server = listen(socket -> socket.handler(bytes -> socket.close()));
    NoNodeAvailable failed =
        Awaits.failure(
            NoNodeAvailable.class,
            CqlSession.connect(
                vertx, Fakes.options().addContactPoint("127.0.0.1:" + server.actualPort())));
    assertThat(failed).hasMessageContaining("TLS only? Then set the tls option");
  }

  private NetServer listen(Handler<NetSocket> script) {
    return Awaits.get(
        fakes.vertx().createNetServer().connectHandler(script).listen(0, "127.0.0.1"));
  }
}
