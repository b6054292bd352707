package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.query;
import static cqloop.testkit.fake.Replies.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.WireType;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of connections and pools, shown by the connections that a server sees. */
@CassandraTest
class ConnectionOptionsIT {

  private static final String SELECT = "SELECT v FROM t";
  private static final int LOOPS = 4;

  @Test
  void localAddressIsWhereEveryConnectionComesFrom(
      CassandraCluster cluster, @TestKeyspace String keyspace) {
    try (Sessions sessions = new Sessions(cluster, keyspace)) {
      CqlOptions options = sessions.options();
      options.getConnection().getTcp().setLocalAddress("127.0.0.77");
      CqlSession session = sessions.connect(options);
      Awaits.get(session.execute("SELECT key FROM system.local /* bound */"));

      assertThat(sessions.node().requests("/* bound */"))
          .singleElement()
          .satisfies(seen -> assertThat(seen.client()).startsWith("/127.0.0.77:"));
      CqlSession other = sessions.connect(sessions.options());
      Awaits.get(other.execute("SELECT key FROM system.local /* unbound */"));
      assertThat(sessions.node().requests("/* unbound */"))
          .singleElement()
          .satisfies(seen -> assertThat(seen.client()).doesNotStartWith("/127.0.0.77:"));
    }
  }

  /** One connection more than loops: that of the events. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 3", "4, 4", "100, 4", "0, 4"})
  void noMoreLoopsOpenConnectionsThanAreAllowed(int allowed, int expected) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    try (Fakes fakes = new Fakes()) {
      FakeNode node = fakes.start();
      node.when(query(SELECT)).reply(rows().column("v", WireType.INT).row(42));
      CqlOptions options = Fakes.options(node);
      options.getPool().setEventLoops(allowed);
      CqlSession session = Awaits.get(CqlSession.connect(vertx, options));
      for (int i = 0; i < 3 * LOOPS; i++) {
        askFromAnotherLoop(vertx, session);
      }

      assertThat(node.connections()).hasSize(expected + 1);
      assertThat(node.requests(query(SELECT))).hasSize(3 * LOOPS);
      List<Integer> used =
          node.requests(query(SELECT)).stream()
              .map(request -> request.origin().connection())
              .distinct()
              .toList();
      assertThat(used).as("connections that served requests").hasSize(expected);
    } finally {
      Awaits.get(vertx.close());
    }
  }

  /** The answer must come back on the context, whichever loop has the connection. */
  private static void askFromAnotherLoop(Vertx vertx, CqlSession session) {
    ContextInternal context = Caller.EVENT_LOOP.context(vertx);
    Promise<Context> answeredOn = Promise.promise();
    context.runOnContext(
        v ->
            session
                .execute(SELECT)
                .map(rows -> rows.first().getInt("v"))
                .onComplete(
                    value -> answeredOn.complete(Vertx.currentContext()), answeredOn::fail));
    assertThat(Awaits.get(answeredOn.future())).isSameAs(context);
  }
}
