package cqloop.loadbalancing;

import static cqloop.loadbalancing.Clusters.plan;
import static cqloop.loadbalancing.Clusters.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.NodeDistance;
import cqloop.spi.QueryPlan;
import cqloop.spi.RoutingInfo;
import cqloop.testkit.tck.TckContext;
import cqloop.testkit.tck.TckNodes;
import cqloop.testkit.tck.TckRequest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPoliciesTest {

  private static final TckRequest ANY = TckRequest.unrouted().at(Consistency.ONE);
  private static final JsonObject ALL = new JsonObject().put("name", "round-robin");
  private static final Topology CLUSTER = Clusters.of("a/r", "a/r", "b/r", "c/r");

  @Test
  void allowedHostsAreTheOnlyOnes() {
    LoadBalancingPolicy policy = hosts(new AllowHostsProvider(), "10.0.0.2, 10.0.0.3:9042");
    assertThat(plan(policy, ANY)).containsExactlyInAnyOrder(1, 2);
    assertThat(policy.distance(CLUSTER.nodes().get(0))).isEqualTo(NodeDistance.IGNORED);
    assertThat(policy.distance(CLUSTER.nodes().get(1))).isEqualTo(NodeDistance.LOCAL);
  }

  @Test
  void aPortHasToBeTheRightOne() {
    assertThat(plan(hosts(new AllowHostsProvider(), "10.0.0.2:9043"), ANY)).isEmpty();
    assertThat(plan(hosts(new DenyHostsProvider(), "10.0.0.2:9043"), ANY)).hasSize(4);
  }

  @Test
  void deniedHostsGetNoConnection() {
    LoadBalancingPolicy policy = hosts(new DenyHostsProvider(), "10.0.0.2");
    assertThat(plan(policy, ANY)).containsExactlyInAnyOrder(0, 2, 3);
    assertThat(policy.distance(CLUSTER.nodes().get(1))).isEqualTo(NodeDistance.IGNORED);
  }

  @Test
  void hidesNodesFromAnyPolicy() {
    // A policy from elsewhere, which does not say how far a node is: all are local then.
    List<Topology> seen = new ArrayList<>();
    LoadBalancingPolicy foreign =
        new LoadBalancingPolicy() {
          @Override
          public void onTopology(Topology topology) {
            seen.add(topology);
          }

          @Override
          public QueryPlan plan(RoutingInfo request) {
            return QueryPlan.of(seen.get(seen.size() - 1).nodes());
          }
        };
    FilterPolicy policy = new FilterPolicy(foreign, node -> node.index() != 2);
    policy.onTopology(CLUSTER);
    assertThat(plan(policy, ANY)).containsExactly(0, 1, 3);
    assertThat(policy.distance(CLUSTER.nodes().get(2))).isEqualTo(NodeDistance.IGNORED);
    assertThat(policy.distance(CLUSTER.nodes().get(3))).isEqualTo(NodeDistance.LOCAL);
    assertThat(policy.tier(CLUSTER.nodes().get(2))).isEqualTo(Tiers.NONE);
    assertThat(policy.tier(CLUSTER.nodes().get(3))).isZero();
  }

  @Test
  void aPolicyFromElsewhereCannotGiveWhatIsHidden() {
    LoadBalancingPolicy careless = request -> QueryPlan.of(request.replicas());
    FilterPolicy policy = new FilterPolicy(careless, node -> node.index() % 2 == 1);
    policy.onTopology(CLUSTER);
    assertThat(plan(policy, Clusters.to(CLUSTER, 0, 1, 2, 3))).containsExactly(1, 3);
    assertThat(plan(policy, Clusters.to(CLUSTER, 0, 2))).isEmpty();
  }

  @Test
  void datacentersAreAllowedOrDenied() {
    JsonObject config = new JsonObject().put("policy", ALL);
    JsonArray names = new JsonArray().add("a").add("c");
    assertThat(
            plan(
                policy(
                    new AllowDatacentersProvider(),
                    config.copy().put("datacenters", names),
                    CLUSTER),
                ANY))
        .containsExactlyInAnyOrder(0, 1, 3);
    assertThat(
            plan(
                policy(
                    new DenyDatacentersProvider(),
                    config.copy().put("datacenters", names),
                    CLUSTER),
                ANY))
        .containsExactly(2);
  }

  @Test
  void defaultAppliesAllLists() {
    JsonObject config =
        new JsonObject()
            .put("roundRobin", true)
            .put("allowHosts", "10.0.0.1,10.0.0.2,10.0.0.3")
            .put("denyHosts", "10.0.0.1")
            .put("allowDatacenters", "a,b")
            .put("denyDatacenters", "b");
    LoadBalancingPolicy policy = policy(new DefaultProvider(), config, CLUSTER);
    assertThat(plan(policy, ANY)).containsExactly(1);
    assertThat(plan(policy, Clusters.to(CLUSTER, 0, 2, 3))).containsExactly(1);
  }

  @Test
  void namesStandForTheirAddresses() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      HostNames names = new HostNames();
      names.lookUp("localhost", vertx);
      names.lookUp("does-not-exist.invalid", vertx);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (names.of("localhost").isEmpty() && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(names.of("localhost")).contains("127.0.0.1");
      assertThat(names.of("does-not-exist.invalid")).isEmpty();
      TckContext context =
          TckContext.create(new JsonObject().put("policy", ALL).put("hosts", "LocalHost:9042"))
              .withVertx(vertx);
      context.shared(HostNames.class, () -> names);
      Topology local =
          new Topology(
              1,
              "",
              "",
              List.of(
                  TckNodes.node(0, "a", "r"),
                  Node.at(1, SocketAddress.inetSocketAddress(9042, "127.0.0.1"))));
      assertThat(plan(policy(new AllowHostsProvider(), context, local), ANY)).containsExactly(1);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aListMustHaveSomethingInIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AllowHostsProvider().create(TckContext.create()))
        .withMessageContaining("'hosts' is '[]'; expected at least one");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1, -1, true",
    "10.0.0.1:9042, 10.0.0.1, 9042, true",
    "::1, 0:0:0:0:0:0:0:1, -1, true",
    "[FD00::1]:9, fd00:0:0:0:0:0:0:1, 9, true",
    "[::1], 0:0:0:0:0:0:0:1, -1, true",
    "Db.Example, db.example, -1, false",
    "db.example:65535, db.example, 65535, false"
  })
  void readsHosts(String text, String host, int port, boolean address) {
    assertThat(HostText.parse("k", text)).isEqualTo(new HostText(host, port, address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        ":9042",
        "a:",
        "a:0",
        "a:65536",
        "a:x",
        "[::1",
        "[::1]9042",
        "[::1]:",
        "[a]:1",
        "10.0.0.256",
        "1::2::3",
        "a:99999999999"
      })
  void refusesWhatIsNoHost(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostText.parse("hosts", text))
        .withMessageStartingWith("'hosts' is '");
  }

  private static LoadBalancingPolicy hosts(LoadBalancingProvider provider, String hosts) {
    return policy(provider, new JsonObject().put("policy", ALL).put("hosts", hosts), CLUSTER);
  }
}
