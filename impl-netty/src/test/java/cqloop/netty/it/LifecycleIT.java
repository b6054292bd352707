package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.opcode;
import static cqloop.testkit.fake.Conditions.query;
import static cqloop.testkit.fake.Replies.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.RowSet;
import cqloop.RowStream;
import cqloop.SimpleStatement;
import cqloop.error.SessionClosed;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.WireType;
import cqloop.type.TimeUuids;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From connect to close, by the caller, its verticle and its Vert.x. */
class LifecycleIT {

  private static final String SELECT = "SELECT v FROM t";

  private final Fakes fakes = new Fakes();
  private Vertx vertx;
  private FakeNode node;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    node = fakes.start();
    node.when(query(SELECT)).reply(rows().column("v", WireType.INT).row(42));
  }

  @AfterEach
  void stop() {
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void closesWithItsVerticle() {
    Owner owner = new Owner(Fakes.options(node));
    String id = Awaits.get(vertx.deployVerticle(owner));
    CqlSession session = owner.session;
    assertThat(Awaits.get(session.execute(SELECT)).first().getInt("v")).isEqualTo(42);
    assertThat(node.connections()).isNotEmpty();
    Awaits.get(vertx.undeploy(id));
    Fakes.awaitNoConnections(node);
    Awaits.failure(SessionClosed.class, session.execute(SELECT));
  }

  @Test
  void undeployedVerticleMayBeCollected() {
    WeakReference<Owner> reference = deployAndUndeploy();
    Awaits.until(
        "the verticle is collected",
        Duration.ofSeconds(6),
        () -> {
          System.gc();
          return reference.get() == null;
        });
  }

  private WeakReference<Owner> deployAndUndeploy() {
    Owner owner = new Owner(Fakes.options(node));
    String id = Awaits.get(vertx.deployVerticle(owner));
    Awaits.get(owner.session.execute(SELECT));
    Awaits.get(vertx.undeploy(id));
    return new WeakReference<>(owner);
  }

  @Test
  void undeployWithRequestsInFlightEndsThem() throws Exception {
    node.when(query("slow")).drop();
    CqlOptions options = Fakes.options(node);
    options.getConnection().setCloseTimeout(Duration.ofMillis(200));
    Owner owner = new Owner(options);
    String id = Awaits.get(vertx.deployVerticle(owner));
    List<Future<RowSet>> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      slow.add(owner.session.execute("slow"));
    }
    Awaits.get(node.awaitRequest(query("slow")));
    vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    for (Future<RowSet> one : slow) {
      SessionClosed error = Awaits.failure(SessionClosed.class, one);
      assertThat(error.mayHaveBeenExecuted()).isTrue();
    }
    Fakes.awaitNoConnections(node);
  }

  @Test
  void closeWaitsForRequestsInFlight() {
    node.when(query("slow")).replyAfter(300, rows().column("v", WireType.INT).row(1));
    CqlSession session = connect(Fakes.options(node));
    Future<RowSet> slow = session.execute("slow");
    Future<Void> closed = session.close();
    Awaits.failure(SessionClosed.class, session.execute(SELECT));
    assertThat(Awaits.get(slow).first().getInt("v")).isEqualTo(1);
    Awaits.get(closed);
    Fakes.awaitNoConnections(node);
  }

  @Test
  void closeGivesUpWaitingAfterItsTimeout() {
    node.when(query("slow")).drop();
    CqlOptions options = Fakes.options(node);
    options.getConnection().setCloseTimeout(Duration.ofMillis(200));
    CqlSession session = connect(options);
    Future<RowSet> slow = session.execute("slow");
    long start = System.nanoTime();
    Awaits.get(session.close());
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(150), Duration.ofSeconds(3));
    Awaits.failure(SessionClosed.class, slow);
    Fakes.awaitNoConnections(node);
  }

  @Test
  void closeMayBeCalledAgainFromAnywhereAndFromItsOwnCallback() {
    CqlSession session = connect(Fakes.options(node));
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Promise<Void> promise = Promise.promise();
      vertx.runOnContext(v -> session.close().onComplete(promise));
      all.add(promise.future());
      all.add(session.close());
      all.add(session.close().compose(v -> session.close()));
    }
    Awaits.get(Future.all(all));
    Awaits.get(session.close());
    Fakes.awaitNoConnections(node);
  }

  @Test
  void afterCloseEveryCallFailsAndNoneThrows() {
    CqlSession session = connect(Fakes.options(node));
    RowStream stream = session.stream(SELECT);
    Awaits.get(session.close());
    Awaits.failure(SessionClosed.class, session.execute(SELECT));
    Awaits.failure(SessionClosed.class, session.execute(SimpleStatement.of(SELECT)));
    Awaits.failure(SessionClosed.class, session.prepare(SELECT));
    Awaits.failure(SessionClosed.class, session.useKeyspace("ks"));
    Awaits.failure(SessionClosed.class, session.queryTrace(TimeUuids.next()));
    Awaits.failure(
        SessionClosed.class, session.collect(SimpleStatement.of(SELECT), Collectors.counting()));
    Promise<Throwable> failure = Promise.promise();
    stream.exceptionHandler(failure::complete).handler(row -> failure.fail("row"));
    assertThat(Awaits.get(failure.future())).isInstanceOf(SessionClosed.class);
    assertThat(session.protocolVersion()).isNotNull();
    assertThat(session.topology()).isNotNull();
    assertThat(session.clientId()).isNotNull();
  }

  @Test
  void vertxClosesWhileASessionIsOpen() {
    Vertx own = Vertx.vertx();
    CqlSession session = Awaits.get(CqlSession.connect(own, Fakes.options(node)));
    Awaits.get(session.execute(SELECT));
    Awaits.get(own.close());
    Fakes.awaitNoConnections(node);
  }

  @Test
  void vertxClosesWhileASessionOpens() {
    node.when(opcode(Opcode.STARTUP)).drop();
    Vertx own = Vertx.vertx();
    CqlOptions options = Fakes.options(node);
    options.getConnection().setHandshakeTimeout(Duration.ofSeconds(60));
    Future<CqlSession> opening = CqlSession.connect(own, options);
    Awaits.get(node.awaitRequest(opcode(Opcode.STARTUP)));
    Awaits.get(own.close());
    Awaits.until("connect has failed", Duration.ofSeconds(3), opening::isComplete);
    assertThat(opening.failed()).isTrue();
    Fakes.awaitNoConnections(node);
  }

  @Test
  void verticleIsUndeployedWhileItsSessionOpens() {
    node.when(opcode(Opcode.STARTUP)).drop();
    CqlOptions options = Fakes.options(node);
    options.getConnection().setHandshakeTimeout(Duration.ofSeconds(60));
    Promise<CqlSession> opening = Promise.promise();
    String id =
        Awaits.get(
            vertx.deployVerticle(
                new VerticleBase() {
                  @Override
                  public Future<?> start() {
                    CqlSession.connect(vertx, options).onComplete(opening);
                    return Future.succeededFuture();
                  }
                }));
    Awaits.get(node.awaitRequest(opcode(Opcode.STARTUP)));
    Awaits.get(vertx.undeploy(id));
    Awaits.until("connect has failed", Duration.ofSeconds(3), opening.future()::isComplete);
    assertThat(opening.future().failed()).isTrue();
    Fakes.awaitNoConnections(node);
  }

  @Test
  void openedAndClosedManyTimesLeavesNoSocket() throws IOException {
    for (int i = 0; i < 5; i++) {
      Awaits.get(connect(Fakes.options(node)).close());
    }
    Fakes.awaitNoConnections(node);
    long before = sockets();
    for (int i = 0; i < 50; i++) {
      CqlSession session = connect(Fakes.options(node));
      Awaits.get(session.execute(SELECT));
      Awaits.get(session.close());
    }
    Fakes.awaitNoConnections(node);
    assertThat(sockets()).isLessThanOrEqualTo(before + 2);
  }

  @Test
  void sharedByNameOneSessionServesAllAndClosesWithTheLast() {
    CqlOptions options = Fakes.options(node).setSharedName("orders");
    CqlSession first = connect(options);
    Owner owner = new Owner(Fakes.options(node).setSharedName("orders"));
    String id = Awaits.get(vertx.deployVerticle(owner));
    assertThat(owner.session.clientId()).isEqualTo(first.clientId());
    CqlSession other = connect(Fakes.options(node).setSharedName("other"));
    assertThat(other.clientId()).isNotEqualTo(first.clientId());
    Awaits.get(other.close());

    Awaits.get(vertx.undeploy(id));
    assertThat(Awaits.get(first.execute(SELECT)).first().getInt(0)).isEqualTo(42);
    Awaits.get(first.close());
    Fakes.awaitNoConnections(node);

    CqlSession again = connect(options);
    assertThat(again.clientId()).isNotEqualTo(first.clientId());
    assertThat(Awaits.get(again.execute(SELECT)).first().getInt(0)).isEqualTo(42);
    Awaits.get(again.close());
    Fakes.awaitNoConnections(node);
  }

  @Test
  void closedViewOfASharedSessionIsClosedForItsOwner() {
    CqlOptions options = Fakes.options(node).setSharedName("views");
    CqlSession one = connect(options);
    CqlSession two = connect(options);
    Awaits.get(one.close());
    Awaits.get(one.close());
    assertThat(Awaits.get(two.execute(SELECT)).size()).isEqualTo(1);
    Awaits.get(two.close());
    Awaits.failure(SessionClosed.class, two.execute(SELECT));
    Fakes.awaitNoConnections(node);
  }

  private CqlSession connect(CqlOptions options) {
    return Awaits.get(CqlSession.connect(vertx, options));
  }

  private static long sockets() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(LifecycleIT::isSocket).count();
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException gone) {
      return false;
    }
  }

  /** A verticle with a session, as applications have it. */
  private static final class Owner extends VerticleBase {

    private final CqlOptions options;
    private volatile CqlSession session;

    Owner(CqlOptions options) {
      this.options = options;
    }

    @Override
    public Future<?> start() {
      return CqlSession.connect(vertx, options).onSuccess(opened -> session = opened);
    }
  }
}
