package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.metadata.Node;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.NodeInfo;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scenario B3: what is never announced is found all the same, while no connection is lost. */
class AntiEntropyTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final FakeClusterSession client =
      new FakeClusterSession(1, new FakeClusterOptions().addDatacenter("dc1", 2, 1));
  private final FakeCluster cluster = client.cluster();
  private final FakeSchema schema = new FakeSchema();
  private CqlSession session;

  @AfterEach
  void close() {
    client.close();
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
    session = client.connect(options);
  }

  private List<Node> nodes() {
    return session.topology().nodes();
  }
}
