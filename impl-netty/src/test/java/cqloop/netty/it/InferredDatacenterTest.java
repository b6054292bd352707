package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The local data centre is found out, and who has given nodes of two of them is warned. */
class InferredDatacenterTest {

  private static final String LOGGER = "cqloop.loadbalancing.LocalDatacenter";
  private static final String SELECT = "SELECT v FROM t";

  private final Vertx vertx = Vertx.vertx();
  private FakeCluster cluster;
  private CqlSession session;

  @BeforeEach
  void start() {
    cluster =
        Awaits.get(
            FakeCluster.start(
                vertx,
                new FakeClusterOptions().addDatacenter("dc1", 2, 1).addDatacenter("dc2", 2, 1)));
  }

  @AfterEach
  void close() {
    Awaits.get(session.close());
    Awaits.get(cluster.close());
    Awaits.get(vertx.close());
  }

  @Test
  void contactPointsOfTwoDatacentersAreWarnedOfOnce() {
    try (CapturedLog log = new CapturedLog(LOGGER, Level.WARNING)) {
      connect(cluster.node(3), cluster.node(0), cluster.node(2));
      Awaits.until(
          "it was warned",
          Duration.ofSeconds(20),
          () -> !log.lines("Set localDatacenter").isEmpty());
      String local = served();
      String other = local.equals("dc1") ? "dc2" : "dc1";
      assertThat(log.lines("No local data centre is set"))
          .singleElement()
          .asString()
          .contains("took '" + local + "'")
          .contains("in " + other);
    }
  }

  @Test
  void contactPointsOfOneDatacenterAreNot() {
    try (CapturedLog log = new CapturedLog(LOGGER, Level.WARNING)) {
      connect(cluster.node(2), cluster.node(3));
      assertThat(served()).isEqualTo("dc2");
      assertThat(log.lines("localDatacenter")).isEmpty();
    }
  }

  private void connect(FakeNode... points) {
    CqlOptions options = Fakes.options(points);
    options.getConnection().setRandomizeContactPoints(false);
    session = Awaits.get(CqlSession.connect(vertx, options));
  }

  /** The data centre that all requests go to. */
  private String served() {
    for (int i = 0; i < 8; i++) {
      Awaits.get(session.execute(SELECT));
    }
    return cluster.nodes().stream()
        .filter(node -> !node.requests(cqlContains(SELECT)).isEmpty())
        .map(node -> node.info().datacenter())
        .distinct()
        .reduce((one, two) -> one + " and " + two)
        .orElseThrow();
  }
}
