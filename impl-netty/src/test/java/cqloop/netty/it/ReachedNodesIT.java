package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.cqlContains;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.ProfileOptions;
import cqloop.SimpleStatement;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.NodeInfo;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which nodes get sockets and requests, from the options to the wire: behind address translators,
 * in data centres, and by the profile of a statement.
 */
class ReachedNodesIT {

  private static final String SELECT = "SELECT v FROM t";

  private Vertx vertx;
  private FakeCluster cluster;
  private CqlSession session;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    cluster =
        Awaits.get(
            FakeCluster.start(
                vertx,
                new FakeClusterOptions().addDatacenter("dc1", 3, 1).addDatacenter("dc2", 2, 1)));
  }

  @AfterEach
  void stop() {
    Awaits.get(session.close());
    Awaits.get(cluster.close());
    Awaits.get(vertx.close());
  }

  /** Each node announces 10.9.0.n, port 19042, behind which nobody is. */
  private static NodeInfo announced(FakeNode node, int number) {
    return node.info().withAddress(new InetSocketAddress("10.9.0." + number, 19042));
  }

  private void hideBehind10() {
    for (FakeNode asked : cluster.nodes()) {
      List<NodeInfo> peers = new ArrayList<>();
      for (int i = 0; i < cluster.nodes().size(); i++) {
        if (cluster.node(i) != asked) {
          peers.add(announced(cluster.node(i), i));
        }
      }
      asked.setPeers(peers);
    }
  }

  @Test
  void fixedMapLeadsToEveryNode() {
    hideBehind10();
    JsonObject addresses = new JsonObject();
    for (int i = 0; i < cluster.nodes().size(); i++) {
      addresses.put("10.9.0." + i + ":19042", Fakes.endpoint(cluster.node(i)));
    }
    connect(
        "fixed-map", new JsonObject().put("addresses", addresses), Fakes.options(cluster.node(0)));

    checkThatLocalNodesServe();
    assertThat(session.topology().nodes())
        .extracting(Node::endpoint)
        .containsExactlyInAnyOrderElementsOf(
            cluster.nodes().stream().map(Fakes::endpoint).toList());
  }

  @Test
  void subnetLeadsToTheProxyInFrontOfIt() {
    hideBehind10();
    // One /32 for each node is what a fake cluster can be; the smallest subnet decides.
    JsonObject subnets = new JsonObject().put("10.0.0.0/8", "127.0.0.99:1");
    for (int i = 0; i < cluster.nodes().size(); i++) {
      subnets.put("10.9.0." + i + "/32", Fakes.endpoint(cluster.node(i)));
    }
    connect("subnet", new JsonObject().put("subnets", subnets), Fakes.options(cluster.node(0)));

    checkThatLocalNodesServe();
  }

  @Test
  void nodesThatCannotBeReachedDoNotKeepTheOthersFromServing() {
    hideBehind10();
    JsonObject addresses = new JsonObject().put("10.9.0.1:19042", Fakes.endpoint(cluster.node(1)));
    for (int i = 2; i < cluster.nodes().size(); i++) {
      addresses.put("10.9.0." + i, "127.0.0.99:1");
    }
    connect(
        "fixed-map", new JsonObject().put("addresses", addresses), Fakes.options(cluster.node(0)));

    serve(cluster.node(0));
    serve(cluster.node(1));
    assertThat(session.topology().nodes()).hasSize(5);
    assertThat(state(cluster.node(2))).isNotEqualTo(NodeState.UP);
  }

  @Test
  void onlyTheLocalDatacenterHasSocketsAndGetsRequests() {
    CqlOptions options = Fakes.options(cluster.nodes().toArray(FakeNode[]::new));
    session = Awaits.get(CqlSession.connect(vertx, options.setLocalDatacenter("dc1")));

    checkThatLocalNodesServe();
    Awaits.until(
        "dc2 has no sockets",
        Awaits.SOON,
        () ->
            remote().stream()
                .flatMap(node -> node.connections().stream())
                .allMatch(connection -> !connection.eventTypes().isEmpty()));
    assertThat(remote()).allMatch(node -> node.requests(cqlContains(SELECT)).isEmpty());
    assertThat(session.topology().nodes()).hasSize(5);
  }

  @Test
  void aStatementGoesToTheNodesOfItsProfile() {
    FakeNode reporting = cluster.node(3);
    CqlOptions options = Fakes.options(cluster.node(0)).setLocalDatacenter("dc1");
    options.addProfile(
        "reports",
        new ProfileOptions()
            .setLoadBalancing(
                new PolicyOptions("single-node")
                    .setConfig(new JsonObject().put("node", Fakes.endpoint(reporting)))));
    session = Awaits.get(CqlSession.connect(vertx, options));
    SimpleStatement report = SimpleStatement.of("SELECT v FROM reports").withProfile("reports");
    Awaits.served(Awaits.SOON, () -> session.execute(report));

    checkThatLocalNodesServe();
    for (FakeNode node : cluster.nodes()) {
      boolean reported = !node.requests(cqlContains("FROM reports")).isEmpty();
      assertThat(reported).as(Fakes.endpoint(node)).isEqualTo(node == reporting);
    }
  }

  private void connect(String translator, JsonObject config, CqlOptions options) {
    options
        .setLocalDatacenter("dc1")
        .getConnection()
        .setAddressTranslator(new PolicyOptions(translator).setConfig(config));
    session = Awaits.get(CqlSession.connect(vertx, options));
  }

  private void checkThatLocalNodesServe() {
    for (FakeNode node : cluster.nodes().subList(0, 3)) {
      serve(node);
    }
    assertThat(remote()).allMatch(node -> node.requests(cqlContains(SELECT)).isEmpty());
  }

  /** Round robin comes to each node that has a connection. */
  private void serve(FakeNode node) {
    Awaits.until(
        Fakes.endpoint(node) + " serves",
        Awaits.SOON,
        () -> {
          Awaits.get(session.execute(SELECT));
          return !node.requests(cqlContains(SELECT)).isEmpty();
        });
  }

  private List<FakeNode> remote() {
    return cluster.nodes().subList(3, 5);
  }

  private NodeState state(FakeNode node) {
    Node known = session.topology().node(node.info().hostId());
    assertThat(known).isNotNull();
    return known.state();
  }
}
