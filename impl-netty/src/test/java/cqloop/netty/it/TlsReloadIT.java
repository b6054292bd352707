package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.RowSet;
import cqloop.TlsEngine;
import cqloop.TlsOptions;
import cqloop.error.InvalidOptions;
import cqloop.error.SessionClosed;
import cqloop.error.TlsFailed;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import cqloop.testkit.fake.FakeConnection;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FaultProxy;
import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario H11, and the reloads of S21: keys and trust are changed while the session works. */
class TlsReloadIT {

  private static final TestCertificates AUTHORITY = TestCertificates.create("old");
  private static final TestCertificates NEXT = TestCertificates.create("new");
  private static final CertificateRequest NODE = CertificateRequest.server("127.0.0.1");

  /** Far more than it takes: what is waited for is a condition, and the machine may be busy. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** More than there are connections; far fewer than reloads. */
  private static final int FEW = 20;

  /** A line of a histogram: rank, instances, bytes, class. */
  private static final Pattern INSTANCES =
      Pattern.compile(
          "^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+"
              + "(cqloop\\.netty\\.tls\\.(TlsContext|PeerVerifier)"
              + "|io\\.netty\\.handler\\.ssl\\.(Jdk|Open)SslClientContext)(\\s|$)");

  /** As many as S21 asks for; they take some seconds. */
  private static final int RELOADS = 1000;

  private static final String QUERY = "SELECT release_version FROM system.local";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final Fakes fakes = new Fakes();
  private final FakeNode node =
      TlsServers.start(
          fakes, TlsServers.askingClients(TlsServers.of(AUTHORITY.issue(NODE)), AUTHORITY));

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  private CqlSession connect(TlsOptions tls) {
    return Awaits.get(CqlSession.connect(vertx, TlsServers.options(Fakes.endpoint(node), tls)));
  }

  private static TlsOptions good() {
    TlsOptions tls = TlsServers.trusting(AUTHORITY);
    TlsServers.show(tls, AUTHORITY.issue(CertificateRequest.client("app")));
    return tls;
  }

  @Test
  void filesAreReadAgain(@TempDir Path folder) throws Exception {
    TestIdentity client = AUTHORITY.issue(CertificateRequest.client("app"));
    Path chain = Files.writeString(folder.resolve("chain.pem"), client.chainPem());
    Path key = Files.writeString(folder.resolve("key.pem"), client.keyPem());
    Path trust = Files.writeString(folder.resolve("ca.pem"), AUTHORITY.authorityPem());
    TlsOptions tls = new TlsOptions();
    tls.getTrust().setCertificatesPath(trust.toString());
    tls.getKey().setCertificateChainPath(chain.toString()).setPrivateKeyPath(key.toString());
    CqlSession session = connect(tls);

    // Half written: nothing changes, and the session says what is wrong.
    Files.writeString(key, client.keyPem().substring(0, 60));
    TlsFailed failed = Awaits.failure(TlsFailed.class, session.reloadTls());
    assertThat(failed.kind()).isEqualTo(TlsFailed.Kind.INVALID_PRIVATE_KEY);
    Awaits.get(node.closeConnections());
    Awaits.served(LIMIT, () -> session.execute(QUERY));

    // Another authority: what is open stays, what is opened from now on is refused.
    Files.writeString(key, client.keyPem());
    Files.writeString(trust, NEXT.authorityPem());
    Awaits.get(session.reloadTls());
    assertThat(Awaits.get(session.execute(QUERY)).size()).isEqualTo(1);
    Awaits.get(node.closeConnections());
    Awaits.until(
        "new connections are checked with the new trust",
        LIMIT,
        () -> {
          Future<RowSet> refused = Awaits.outcome(session.execute(QUERY));
          return refused.failed() && refused.cause().getMessage().contains("is unknown");
        });

    // And back.
    Files.writeString(trust, AUTHORITY.authorityPem());
    Awaits.get(session.reloadTls());
    Awaits.served(LIMIT, () -> session.execute(QUERY));
    Awaits.get(session.close());
  }

  @Test
  void oldConnectionsAreRenewedUnderLoadWithoutAnError() {
    CqlSession session = connect(good());
    List<Integer> before = numbers();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger served = new AtomicInteger();
    Future<Void> load = repeat(session, stop, served);

    Awaits.get(session.reloadTls(good().setRenewOver(Duration.ofMillis(200))));
    Awaits.until(
        "no connection has the old keys, the control connection neither",
        LIMIT,
        () -> numbers().stream().noneMatch(before::contains));
    Awaits.until("events are heard again", LIMIT, () -> followers().size() == 1);
    int then = served.get();
    Awaits.until("requests go on", LIMIT, () -> served.get() > then + 20);

    stop.set(true);
    Awaits.get(load);
    Awaits.get(session.close());
    Fakes.awaitNoConnections(node);
  }

  /** New keys that no node accepts must not cost the connections that work. */
  @Test
  void connectionsThatCannotBeRenewedStay() {
    FaultProxy proxy = Awaits.get(FaultProxy.start(fakes.vertx(), node.address()));
    CqlSession session =
        Awaits.get(
            CqlSession.connect(
                vertx, TlsServers.options("127.0.0.1:" + proxy.address().getPort(), good())));
    List<Integer> before = numbers();
    int opened = proxy.counters().totalLinks();

    Awaits.get(session.reloadTls(TlsServers.trusting(NEXT).setRenewOver(Duration.ofMillis(50))));
    Awaits.until(
        "each was tried, the control connection too, and given up",
        LIMIT,
        () ->
            proxy.counters().totalLinks() >= opened + before.size()
                && proxy.counters().openLinks() == opened);

    assertThat(Awaits.get(session.execute(QUERY)).size()).isEqualTo(1);
    assertThat(numbers()).containsAll(before);
    assertThat(before).containsAll(followers());
    Awaits.get(session.close());
    Awaits.get(proxy.close());
  }

  /** Reloads while requests run, and connections that come and go: nothing piles up. */
  @ParameterizedTest
  @EnumSource(names = {"JDK", "OPENSSL"})
  void manyReloadsUnderLoad(TlsEngine engine) {
    assumeTrue(engine == TlsEngine.JDK || OpenSsl.isAvailable());
    TlsOptions first = good().setEngine(engine);
    TlsOptions second = good().setEngine(engine);
    CqlSession session = connect(first);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger served = new AtomicInteger();
    Future<Void> load = repeat(session, stop, served);
    for (int i = 0; i < RELOADS; i++) {
      Awaits.get(session.reloadTls(i % 2 == 0 ? second : first));
    }
    stop.set(true);
    Awaits.get(load);
    Awaits.get(node.closeConnections());
    Awaits.served(LIMIT, () -> session.execute(QUERY));

    assertThat(served.get()).isPositive();
    // Used by the next connection, and by those that are open or half closed: never by the reloads.
    Awaits.until("old keys and trust are let go", LIMIT, () -> alive() <= FEW);
    Awaits.get(session.close());
    Fakes.awaitNoConnections(node);
  }

  /** One view reloads for all who share the session. */
  @Test
  void aSharedSessionIsReloadedForAll() {
    CqlOptions options = TlsServers.options(Fakes.endpoint(node), good()).setSharedName("orders");
    CqlSession mine = Awaits.get(CqlSession.connect(vertx, options));
    CqlSession yours = Awaits.get(CqlSession.connect(vertx, options));
    Awaits.get(mine.reloadTls(TlsServers.trusting(NEXT)));
    Awaits.get(node.closeConnections());
    Awaits.until(
        "the other view is refused by the new trust",
        LIMIT,
        () -> {
          Future<RowSet> refused = Awaits.outcome(yours.execute(QUERY));
          return refused.failed() && refused.cause().getMessage().contains("is unknown");
        });
    Awaits.get(mine.close());
    Awaits.get(yours.reloadTls(good()));
    Awaits.served(LIMIT, () -> yours.execute(QUERY));
    Awaits.get(yours.close());
    Awaits.failure(SessionClosed.class, yours.reloadTls());
  }

  /** A reload that was begun ends, one way or the other, and opens nothing after the close. */
  @Test
  void closesWhileItReloads() {
    for (int i = 0; i < 10; i++) {
      CqlSession session = connect(good());
      Future<Void> before = session.reloadTls(good().setRenewOver(Duration.ofMillis(1)));
      Future<Void> closed = session.close();
      Future<Void> after = session.reloadTls();
      Awaits.get(closed);
      Future<Void> outcome = Awaits.outcome(before);
      if (outcome.failed()) {
        assertThat(outcome.cause()).isInstanceOf(SessionClosed.class);
      }
      Awaits.failure(SessionClosed.class, after);
      Fakes.awaitNoConnections(node);
    }
  }

  @Test
  void aPlainOrClosedSessionIsTold() {
    FakeNode plain = fakes.start();
    CqlSession session = Awaits.get(CqlSession.connect(vertx, Fakes.options(plain)));
    InvalidOptions none = Awaits.failure(InvalidOptions.class, session.reloadTls());
    assertThat(none).hasMessageContaining("without TLS");
    Awaits.get(session.close());

    CqlSession secured = connect(good());
    TlsOptions contradiction = good();
    contradiction.getKey().setPrivateKeyPath("/no/such");
    Awaits.failure(InvalidOptions.class, secured.reloadTls(contradiction));
    Awaits.get(secured.close());
    Awaits.failure(SessionClosed.class, secured.reloadTls());
  }

  private List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    node.connections().forEach(connection -> numbers.add(connection.number()));
    return numbers;
  }

  /** The connections that are registered for events. */
  private List<Integer> followers() {
    List<Integer> numbers = new ArrayList<>();
    for (FakeConnection connection : node.connections()) {
      if (!connection.eventTypes().isEmpty()) {
        numbers.add(connection.number());
      }
    }
    return numbers;
  }

  /** One request after the other, with a pause; ends with the first failure. */
  private Future<Void> repeat(CqlSession session, AtomicBoolean stop, AtomicInteger served) {
    Promise<Void> ended = Promise.promise();
    vertx.setPeriodic(
        2,
        timer ->
            session
                .execute(QUERY)
                .onSuccess(rows -> served.incrementAndGet())
                .onComplete(
                    (rows, failure) -> {
                      if (failure != null || stop.get()) {
                        vertx.cancelTimer(timer);
                        if (failure == null) {
                          ended.tryComplete();
                        } else {
                          ended.tryFail(failure);
                        }
                      }
                    }));
    return ended.future();
  }

  /**
   * Counts the instances of the most frequent class of keys, trust and contexts of ours, after a
   * full collection. The histogram of the JVM is exact where the size of the heap is a guess.
   */
  private static long alive() {
    long most = 0;
    for (String line : histogram().lines().toList()) {
      Matcher found = INSTANCES.matcher(line);
      if (found.find()) {
        most = Math.max(most, Long.parseLong(found.group(1)));
      }
    }
    assertThat(most).as("the histogram knows our classes").isPositive();
    return most;
  }

  private static String histogram() {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }
}
