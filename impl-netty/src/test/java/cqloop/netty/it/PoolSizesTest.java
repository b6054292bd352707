package cqloop.netty.it;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.ProfileOptions;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How many connections each node has, by its data centre: three for each loop to those of the local
 * one, two to the one remote node that the policy allows, whatever was believed of it before.
 */
class PoolSizesTest {

  private static final int LOOPS = 2;

  private final FakeClusterSession client =
      new FakeClusterSession(
          LOOPS, new FakeClusterOptions().addDatacenter("dc1", 2, 1).addDatacenter("dc2", 2, 1));
  private final FakeCluster cluster = client.cluster();
  private CqlSession session;

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void nodesThatAreFoundHaveTheSizeOfTheirDatacenter() {
    connect(Fakes.options(cluster.node(0)));
    awaitSizes(3, 3, 2, 0);
  }

  /** A contact point counts as local until it has told where it is. */
  @Test
  void contactPointsThatTurnOutToBeRemoteKeepAsManyAsRemoteNodesHave() {
    connect(Fakes.options(cluster.nodes().toArray(FakeNode[]::new)));
    awaitSizes(3, 3, 2, 0);
  }

  @Test
  void sizesFollowAProfileThatChangesWhileTheSessionRuns() {
    connect(Fakes.options(cluster.node(0)));
    awaitSizes(3, 3, 2, 0);

    Awaits.get(session.setProfile(CqlOptions.DEFAULT_PROFILE, localTo("dc2")));
    awaitSizes(2, 0, 3, 3);
    Awaits.get(session.setProfile(CqlOptions.DEFAULT_PROFILE, localTo("dc1")));
    awaitSizes(3, 3, 2, 0);
  }

  private void connect(CqlOptions options) {
    options.setDefaultProfile(localTo("dc1"));
    options.getConnection().setRandomizeContactPoints(false);
    options.getPool().setConnectionsLocal(3).setConnectionsRemote(2);
    session = client.connect(options);
    List<Future<?>> asked = new ArrayList<>();
    for (int i = 0; i < 4 * LOOPS; i++) {
      Promise<Void> done = Promise.promise();
      asked.add(done.future());
      Context other = Caller.EVENT_LOOP.context(client.vertx());
      other.runOnContext(
          nothing -> session.execute("SELECT v FROM t").<Void>mapEmpty().onComplete(done));
    }
    Awaits.get(Future.all(asked));
  }

  private static ProfileOptions localTo(String datacenter) {
    return new ProfileOptions()
        .setLoadBalancing(
            new PolicyOptions("dc-aware")
                .setConfig(
                    new JsonObject()
                        .put("localDatacenter", datacenter)
                        .put("maxRemotePerDatacenter", 1)));
  }

  /** For each loop; the connection of the events is not counted. */
  private void awaitSizes(int... perLoop) {
    List<Integer> expected = new ArrayList<>();
    for (int size : perLoop) {
      expected.add(size * LOOPS);
    }
    int all = expected.stream().mapToInt(Integer::intValue).sum();
    Awaits.until(
        "there are " + expected + " connections, not " + sizes(),
        Duration.ofSeconds(20),
        () ->
            sizes().equals(expected)
                && session.metrics().connections().available() == all
                && told().equals(expected));
  }

  /** What the session says of it. */
  private List<Integer> told() {
    List<Integer> told = new ArrayList<>();
    for (FakeNode node : cluster.nodes()) {
      told.add(session.topology().node(node.info().hostId()).openConnections());
    }
    return told;
  }

  private List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    for (FakeNode node : cluster.nodes()) {
      sizes.add(
          (int)
              node.connections().stream()
                  .filter(connection -> connection.eventTypes().isEmpty())
                  .count());
    }
    return sizes;
  }
}
