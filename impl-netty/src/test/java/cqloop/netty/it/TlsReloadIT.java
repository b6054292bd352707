package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlSession;
import cqloop.RowSet;
import cqloop.TlsOptions;
import cqloop.error.InvalidOptions;
import cqloop.error.SessionClosed;
import cqloop.error.TlsFailed;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.TestIdentity;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FaultProxy;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenario H11, and the reloads of S21: keys and trust are changed while the session works. */
class TlsReloadIT {

  private static final TestCertificates AUTHORITY = TestCertificates.create("old");
  private static final TestCertificates NEXT = TestCertificates.create("new");
  private static final CertificateRequest NODE = CertificateRequest.server("127.0.0.1");
  private static final int WARM_UP = 50;

  /** More with {@code -Dcqloop.reloads=1000}, which takes a minute. */
  private static final int RELOADS = Integer.getInteger("cqloop.reloads", 400);

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
    Awaits.served(Duration.ofSeconds(10), () -> session.execute(QUERY));

    // Another authority: what is open stays, what is opened from now on is refused.
    Files.writeString(key, client.keyPem());
    Files.writeString(trust, NEXT.authorityPem());
    Awaits.get(session.reloadTls());
    assertThat(Awaits.get(session.execute(QUERY)).size()).isEqualTo(1);
    Awaits.get(node.closeConnections());
    Awaits.until(
        "new connections are checked with the new trust",
        Duration.ofSeconds(10),
        () -> {
          Future<RowSet> refused = Awaits.outcome(session.execute(QUERY));
          return refused.failed() && refused.cause().getMessage().contains("is unknown");
        });

    // And back.
    Files.writeString(trust, AUTHORITY.authorityPem());
    Awaits.get(session.reloadTls());
    Awaits.served(Duration.ofSeconds(10), () -> session.execute(QUERY));
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
        "another connection serves",
        Duration.ofSeconds(10),
        () -> before.stream().filter(numbers()::contains).count() < before.size());
    int then = served.get();
    Awaits.until("requests go on", Duration.ofSeconds(10), () -> served.get() > then + 20);

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
        "it was tried and given up",
        Duration.ofSeconds(10),
        () -> proxy.counters().totalLinks() > opened && proxy.counters().openLinks() == opened);

    assertThat(Awaits.get(session.execute(QUERY)).size()).isEqualTo(1);
    assertThat(numbers()).containsAll(before);
    Awaits.get(session.close());
    Awaits.get(proxy.close());
  }

  /** Reloads while requests run, and connections that come and go: nothing piles up. */
  @Test
  void manyReloadsUnderLoad() {
    TlsOptions first = good();
    TlsOptions second = good();
    CqlSession session = connect(first);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger served = new AtomicInteger();
    Future<Void> load = repeat(session, stop, served);
    for (int i = 0; i < WARM_UP; i++) {
      Awaits.get(session.reloadTls(first));
    }
    long before = usedAfterCollection();
    for (int i = 0; i < RELOADS; i++) {
      Awaits.get(session.reloadTls(i % 2 == 0 ? second : first));
    }
    stop.set(true);
    Awaits.get(load);
    Awaits.get(node.closeConnections());
    Awaits.served(Duration.ofSeconds(10), () -> session.execute(QUERY));

    assertThat(served.get()).isPositive();
    // A context with its key and trust has some 30 KB: what is not let go would show.
    assertThat(usedAfterCollection() - before).isLessThan(RELOADS * 10L * 1024);
    Awaits.get(session.close());
    Fakes.awaitNoConnections(node);
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

  /** Without what the scripted node remembers of requests. */
  private long usedAfterCollection() {
    node.clearRequests();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
