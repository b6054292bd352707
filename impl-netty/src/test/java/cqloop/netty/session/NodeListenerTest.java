package cqloop.netty.session;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.metadata.Node;
import cqloop.metadata.NodeListener;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What listeners hear of nodes, in which order and where. */
class NodeListenerTest {

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Context> contexts = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private FakeCluster cluster;
  private CqlSession session;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    cluster = get(FakeCluster.start(vertx, new FakeClusterOptions().addDatacenter("dc1", 2, 2)));
    CqlOptions options = new CqlOptions().setLocalDatacenter("dc1");
    options.addContactPoint(
        cluster.node(0).address().getHostString() + ":" + cluster.node(0).port());
    options
        .getConnection()
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 60_000)));
    session = get(CqlSession.connect(vertx, options));
    until("both are connected", () -> cluster.node(1).connections().size() == 1);
  }

  @AfterEach
  void close() throws Exception {
    get(session.close());
    get(cluster.close());
    get(vertx.close());
  }

  @Test
  void hearsOfANodeFromItsComingToItsGoing() throws Exception {
    Context caller = vertx.getOrCreateContext();
    caller.runOnContext(v -> session.addNodeListener(listener()));
    FakeNode added = get(cluster.addNode("dc1", "rack1", List.of("77")));
    String name = name(added.info().hostId());
    until("it is up", () -> heard.contains("up " + name));
    get(cluster.takeDown(added));
    until("it is down", () -> heard.contains("down " + name));
    // The pause of the reconnection is a minute: the event is what brings it back.
    get(cluster.bringUp(added));
    until("it is up again", () -> heard.stream().filter(("up " + name)::equals).count() == 2);
    get(cluster.removeNode(added));
    until("it is gone", () -> heard.contains("remove " + name));

    assertThat(heard)
        .filteredOn(what -> what.endsWith(name))
        .containsExactly(
            "add " + name,
            "up " + name,
            "down " + name,
            "up " + name,
            "down " + name,
            "remove " + name);
    assertThat(contexts).containsOnly(caller);
  }

  @Test
  void hearsNothingAfterItWasRemoved() throws Exception {
    NodeListener listener = listener();
    session.addNodeListener(listener);
    session.removeNodeListener(listener);
    FakeNode added = get(cluster.addNode("dc1", "rack1", List.of("77")));
    until("it is known", () -> session.topology().node(added.info().hostId()) != null);

    assertThat(heard).isEmpty();
  }

  private NodeListener listener() {
    return new NodeListener() {
      @Override
      public void onAdd(Node node) {
        hear("add", node);
      }

      @Override
      public void onUp(Node node) {
        hear("up", node);
      }

      @Override
      public void onDown(Node node) {
        hear("down", node);
      }

      @Override
      public void onRemove(Node node) {
        hear("remove", node);
      }
    };
  }

  private void hear(String what, Node node) {
    contexts.add(Vertx.currentContext());
    heard.add(what + " " + name(node.hostId()));
  }

  private static String name(UUID hostId) {
    return String.valueOf(hostId).substring(0, 8);
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
