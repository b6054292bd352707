package cqloop.netty.fault;

import static cqloop.testkit.fake.Conditions.cql;
import static cqloop.testkit.fake.Conditions.cqlPrefix;
import static cqloop.testkit.fake.Reactions.answer;
import static cqloop.testkit.fake.Reactions.delay;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.ProtocolVersion;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.ConnectionClosed;
import cqloop.error.CqlException;
import cqloop.netty.fault.HostileCase.Effect;
import cqloop.netty.it.Awaits;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.Request;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Not shared. A session with a hostile node and a good one: each case of the catalogue while 200
 * innocent requests are in flight. Has a main method, to be run with a small heap.
 */
final class HostileRun implements AutoCloseable {

  private static final int INNOCENTS = 100;
  private static final long HELD_MILLIS = 20;
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final Context context = ((VertxInternal) vertx).createEventLoopContext();
  private final FakeCluster cluster;
  private final FakeNode bad;
  private final FakeNode good;
  private final CqlSession session;

  private HostileRun(ProtocolVersion version, String compression) {
    cluster =
        Awaits.get(
            FakeCluster.start(
                vertx,
                new FakeClusterOptions().addDatacenter("dc1", 2, 1).setFirstAddress("127.0.83.1")));
    bad = cluster.node(0);
    good = cluster.node(1);
    good.when(cqlPrefix("innocent")).react(delay(HELD_MILLIS).then(answer(HostileRun::echo)));
    CqlOptions options = new CqlOptions().addContactPoint(endpoint(good));
    options.getProtocol().setVersion(version).setCompression(compression);
    options.getDefaultProfile().setRequestTimeout(Duration.ofMillis(1500));
    options
        .getConnection()
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 10)));
    session = Awaits.get(CqlSession.connect(vertx, options));
  }

  /** Runs the whole catalogue; ends with status 1 and the reason when a case ends badly. */
  public static void main(String[] arguments) {
    int count = 0;
    try {
      count += run(ProtocolVersion.V4, "none", HostileCatalogue.of(false));
      count += run(ProtocolVersion.V5, "none", HostileCatalogue.of(true));
      count += run(ProtocolVersion.V4, "lz4", HostileCatalogue.compressed());
    } catch (Throwable bad) {
      bad.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
    System.out.println(count + " cases");
    Runtime.getRuntime().halt(0);
  }

  private static int run(ProtocolVersion version, String compression, List<HostileCase> cases) {
    try (HostileRun run = new HostileRun(version, compression)) {
      for (HostileCase one : cases) {
        try {
          run.check(one);
        } catch (AssertionError wrong) {
          throw new AssertionError(version + ", " + compression + ", " + one, wrong);
        }
      }
    }
    return cases.size();
  }

  private void check(HostileCase one) {
    bad.clearRules();
    bad.clearRequests();
    good.clearRequests();
    bad.when(cqlPrefix("innocent")).react(delay(HELD_MILLIS).then(answer(HostileRun::echo)));
    awaitService();
    bad.when(cql("hostile")).once().react(one.reaction());

    List<Promise<RowSet>> promises = new ArrayList<>();
    for (int i = 0; i <= 2 * INNOCENTS; i++) {
      promises.add(Promise.promise());
    }
    context.runOnContext(
        nothing -> {
          for (int i = 0; i < 2 * INNOCENTS; i++) {
            FakeNode node = i < INNOCENTS ? bad : good;
            session.execute(text("innocent " + i, node)).onComplete(promises.get(i));
          }
          session.execute(text("hostile", bad)).onComplete(promises.get(2 * INNOCENTS));
        });
    Future<RowSet> hostile = Awaits.outcome(promises.get(2 * INNOCENTS).future());
    // What breaks the framing may come behind an answer that is whole.
    if (one.effect() == Effect.FAILS_REQUEST || hostile.failed()) {
      assertThat(hostile.cause()).as("failure of the request").isInstanceOf(CqlException.class);
      assertThat(hostile.cause().getMessage()).as("length of the message").hasSizeLessThan(1000);
    }
    boolean broken = one.effect() == Effect.BREAKS_CONNECTION;
    for (int i = 0; i < 2 * INNOCENTS; i++) {
      Future<RowSet> innocent = Awaits.outcome(promises.get(i).future());
      if (i < INNOCENTS && broken) {
        checkLost(innocent);
      } else {
        checkServed(i, innocent);
      }
    }
    awaitService();
  }

  /** The bad node serves again, on the loop that all requests of the test are made on. */
  private void awaitService() {
    Awaits.served(
        SOON,
        () -> {
          Promise<RowSet> promise = Promise.promise();
          context.runOnContext(
              nothing -> session.execute(text("innocent 1", bad)).onComplete(promise));
          return promise.future();
        });
  }

  private static void checkLost(Future<RowSet> innocent) {
    assertThat(innocent.cause())
        .as("failure of an innocent request")
        .isInstanceOf(ConnectionClosed.class);
    assertThat(((CqlException) innocent.cause()).mayHaveBeenExecuted()).isTrue();
  }

  private static void checkServed(int number, Future<RowSet> innocent) {
    assertThat(innocent.succeeded())
        .as("innocent request %d: %s", number, innocent.cause())
        .isTrue();
    assertThat(innocent.result().first().getInt("v")).isEqualTo(number);
  }

  private static SimpleStatement text(String cql, FakeNode node) {
    return SimpleStatement.of(cql).withNode(endpoint(node));
  }

  private static Reply echo(Request request) {
    String cql = String.valueOf(request.cql());
    int number = Integer.parseInt(cql.substring(cql.lastIndexOf(' ') + 1));
    return Replies.rows().column("v", WireType.INT).row(number);
  }

  private static String endpoint(FakeNode node) {
    return node.address().getHostString() + ":" + node.port();
  }

  @Override
  public void close() {
    Awaits.get(session.close());
    Awaits.get(cluster.close());
    Awaits.get(vertx.close());
  }
}
