package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.metadata.Node;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.NodeInfo;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scenario B3: what is never announced is found all the same, while no connection is lost. */
class AntiEntropyTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final FakeSchema schema = new FakeSchema();
  private FakeCluster cluster;
  private CqlSession session;

  @BeforeEach
  void start() {
    cluster =
        Awaits.get(FakeCluster.start(vertx, new FakeClusterOptions().addDatacenter("dc1", 2, 1)));
  }

  @AfterEach
  void close() {
    Awaits.get(session.close());
    Awaits.get(cluster.close());
    Awaits.get(vertx.close());
  }

  @Test
  void nodesThatComeAndGoWithoutAWord() {
    connect();
    FakeNode first = cluster.node(0);
    List<NodeInfo> known = first.peers();
    first.setPeers(List.of());
    Awaits.until("the other is forgotten", LONG, () -> nodes().size() == 1);

    first.setPeers(known);
    Awaits.until("the other is found", LONG, () -> nodes().size() == 2);
    assertThat(nodes()).extracting(Node::hostId).contains(cluster.node(1).info().hostId());
  }

  @Test
  void keyspacesThatChangeWithoutAWord() {
    schema.with("a", List.of("t0")).tell(cluster.node(0));
    connect();
    List<String> heard = new CopyOnWriteArrayList<>();
    Awaits.get(session.schema());
    session.addSchemaListener(update -> heard.add(update.change() + " " + update.object().name()));

    cluster.node(0).clearRules();
    schema.with("a", List.of("t0", "t1")).tell(cluster.node(0));
    UUID version = UUID.randomUUID();
    cluster.each(node -> node.setSchemaVersion(version));
    Awaits.until("the table is found", LONG, () -> heard.contains("CREATED t1"));
  }

  private void connect() {
    CqlOptions options = Fakes.options(cluster.node(0)).setLocalDatacenter("dc1");
    options.getMetadata().setRefreshInterval(Duration.ofMillis(200));
    session = Awaits.get(CqlSession.connect(vertx, options));
  }

  private List<Node> nodes() {
    return session.topology().nodes();
  }
}
