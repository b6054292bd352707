package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.opcode;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.error.NoNodeAvailable;
import cqloop.error.SessionClosed;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Opcode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A18: many sessions of one Vert.x open their connections to a node one after the other. */
class HerdIT {

  private static final int SESSIONS = 200;

  /** What is counted are openings; a busy machine shall not make one fail. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  private final Fakes fakes = new Fakes();
  private final List<CqlSession> sessions = new ArrayList<>();
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
  }

  @AfterEach
  void stop() {
    Awaits.get(Future.all(sessions.stream().map(CqlSession::close).toList()));
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void neverOpensMoreThanTwoConnectionsAtOnce() {
    FakeNode node = fakes.start();
    Handshakes handshakes = new Handshakes(node);
    CqlOptions options = Fakes.options(node);
    options.getConnection().setHandshakeTimeout(PATIENT).setConnectTimeout(PATIENT);

    List<Future<CqlSession>> opening = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      opening.add(CqlSession.connect(vertx, options));
    }
    opening.forEach(session -> sessions.add(Awaits.get(session)));
    handshakes.check(2);
    assertThat(node.counters().totalConnections()).as("a pool and control").isEqualTo(400);

    // All lose the node, and come back in their turn.
    handshakes.mostAtOnce.set(0);
    Awaits.get(node.resetConnections());
    Awaits.until("all are connected again", Awaits.SOON.multipliedBy(4), () -> settled(node));
    handshakes.check(2);
  }

  @Test
  void thoseThatWaitAreClosedAtOnce() {
    FakeNode node = fakes.start();
    node.when(opcode(Opcode.STARTUP)).drop();
    CqlOptions options = Fakes.options(node);
    options.getConnection().setHandshakeTimeout(Duration.ofMinutes(1));
    Promise<List<Future<CqlSession>>> started = Promise.promise();
    String id = Awaits.get(vertx.deployVerticle(new Opener(options, started)));
    List<Future<CqlSession>> opening = Awaits.get(started.future());
    Awaits.until(
        "two are stuck", Awaits.SOON, () -> node.requests(opcode(Opcode.STARTUP)).size() == 2);

    long begin = System.nanoTime();
    Awaits.get(vertx.undeploy(id));

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Awaits.SOON);
    opening.forEach(session -> Awaits.failure(SessionClosed.class, session));
    assertThat(node.counters().totalConnections()).isEqualTo(2);
    Fakes.awaitNoConnections(node);

    // Those who gave up have left the gate.
    node.clearRules();
    sessions.add(Awaits.get(CqlSession.connect(vertx, options)));
  }

  @Test
  void aNodeThatAnswersNobodyFailsTheOthersInTheirTime() {
    FakeNode node = fakes.start();
    node.when(opcode(Opcode.STARTUP)).drop();
    List<Future<CqlSession>> opening = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      opening.add(CqlSession.connect(vertx, Fakes.options(node)));
    }

    Set<String> reasons = new HashSet<>();
    for (Future<CqlSession> session : opening) {
      NoNodeAvailable failure = Awaits.failure(NoNodeAvailable.class, session);
      reasons.add(failure.getMessage().contains("waited") ? "waited" : "handshake");
    }
    assertThat(reasons).containsExactlyInAnyOrder("waited", "handshake");
  }

  /** The connections of before are gone, and as many are there again. */
  private static boolean settled(FakeNode node) {
    return node.counters().totalConnections() >= 4 * SESSIONS
        && node.connections().size() == 2 * SESSIONS;
  }

  /** Opens some sessions; all its sessions go with it. */
  private static final class Opener extends VerticleBase {
    private final CqlOptions options;
    private final Promise<List<Future<CqlSession>>> started;

    Opener(CqlOptions options, Promise<List<Future<CqlSession>>> started) {
      this.options = options;
      this.started = started;
    }

    @Override
    public Future<?> start() {
      List<Future<CqlSession>> opening = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        opening.add(CqlSession.connect(vertx, options));
      }
      started.complete(opening);
      return Future.succeededFuture();
    }
  }

  /** Counts the handshakes that are under way at a node: from the first request to READY. */
  private static final class Handshakes {
    final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Set<Integer> present = ConcurrentHashMap.newKeySet();

    Handshakes(FakeNode node) {
      node.onConnect(connection -> begin(connection.number()));
      node.when(opcode(Opcode.STARTUP))
          .react(
              exchange ->
                  exchange
                      .delay(1)
                      .compose(
                          later -> {
                            present.remove(exchange.connection().number());
                            return exchange.answerByDefault();
                          }));
    }

    private void begin(int number) {
      present.add(number);
      mostAtOnce.accumulateAndGet(present.size(), Math::max);
    }

    void check(int most) {
      assertThat(mostAtOnce.get()).as("handshakes at once").isEqualTo(most);
    }
  }
}
