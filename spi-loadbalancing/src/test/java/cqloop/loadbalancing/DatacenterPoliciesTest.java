package cqloop.loadbalancing;

import static cqloop.loadbalancing.Clusters.plan;
import static cqloop.loadbalancing.Clusters.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.NodeDistance;
import cqloop.testkit.tck.TckContext;
import cqloop.testkit.tck.TckRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatacenterPoliciesTest {

  private static final TckRequest ANY = TckRequest.unrouted().at(Consistency.ONE);
  private static final TckRequest LOCAL = TckRequest.unrouted().at(Consistency.LOCAL_QUORUM);

  @Test
  void roundRobinBeginsWithEachNodeInTurn() {
    LoadBalancingPolicy policy =
        policy(new RoundRobinProvider(), new JsonObject(), Clusters.of("a/r", "b/r", "c/r"));
    Map<Integer, Integer> firsts = new HashMap<>();
    int last = plan(policy, ANY).get(0);
    for (int i = 0; i < 300; i++) {
      List<Integer> plan = plan(policy, ANY);
      assertThat(plan.get(0)).isEqualTo((last + 1) % 3);
      assertThat(plan.get(1)).isEqualTo((last + 2) % 3);
      last = plan.get(0);
      firsts.merge(last, 1, Integer::sum);
    }
    assertThat(firsts).containsEntry(0, 100).containsEntry(1, 100).containsEntry(2, 100);
  }

  @Test
  void roundRobinSurvivesTheEndOfItsCounter() {
    RoundRobinPolicy policy =
        new RoundRobinPolicy(
            topology -> new Tiers.Builder().local(topology.nodes()).build(true),
            Integer.MAX_VALUE - 1);
    policy.onTopology(Clusters.of("a/r", "a/r", "a/r"));
    for (int i = 0; i < 5; i++) {
      assertThat(plan(policy, ANY)).containsExactlyInAnyOrder(0, 1, 2);
    }
  }

  @Test
  void clientsBeginAtDifferentNodes() {
    Topology cluster = Clusters.of("a/r", "a/r", "a/r", "a/r");
    List<Integer> firsts = new ArrayList<>();
    for (int seed = 0; seed < 100; seed++) {
      TckContext context = TckContext.create().withSeed(seed);
      firsts.add(plan(policy(new RoundRobinProvider(), context, cluster), ANY).get(0));
    }
    assertThat(firsts).contains(0, 1, 2, 3);
  }

  @Test
  void nodesThatAreDownComeLast() {
    LoadBalancingPolicy policy =
        policy(
            new RoundRobinProvider(), new JsonObject(), Clusters.of("a/r-", "a/r", "a/r-", "a/r"));
    for (int i = 0; i < 10; i++) {
      assertThat(plan(policy, ANY).subList(0, 2)).containsExactlyInAnyOrder(1, 3);
      assertThat(plan(policy, ANY)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
  }

  @Test
  void usesTheLocalDatacenterOnlyUnlessTold() {
    LoadBalancingPolicy policy =
        policy(
            new DatacenterAwareProvider(),
            new JsonObject().put("localDatacenter", "b"),
            Clusters.of("a/r", "b/r", "b/r", "c/r"));
    assertThat(plan(policy, ANY)).containsExactlyInAnyOrder(1, 2);
    assertThat(distances(policy, Clusters.of("a/r", "b/r", "b/r", "c/r")))
        .containsExactly(
            NodeDistance.IGNORED, NodeDistance.LOCAL, NodeDistance.LOCAL, NodeDistance.IGNORED);
  }

  @Test
  void takesTheDatacenterOfTheSessionUnlessItHasItsOwn() {
    Topology cluster = Clusters.of("a/r", "b/r");
    TckContext session = TckContext.create().withLocalDatacenter("b");
    assertThat(plan(policy(new DatacenterAwareProvider(), session, cluster), ANY))
        .containsExactly(1);
    TckContext profile = session.sibling(new JsonObject().put("localDatacenter", "a"));
    assertThat(plan(policy(new DatacenterAwareProvider(), profile, cluster), ANY))
        .containsExactly(0);
  }

  @Test
  void goesToAsManyRemoteNodesAsAllowed() {
    Topology cluster = Clusters.of("a/r", "b/r-", "b/r", "b/r", "c/r", "c/r", "a/r");
    JsonObject config =
        new JsonObject().put("localDatacenter", "a").put("maxRemotePerDatacenter", 1);
    LoadBalancingPolicy policy = policy(new DatacenterAwareProvider(), config, cluster);
    List<Integer> plan = plan(policy, ANY);
    assertThat(plan.subList(0, 2)).containsExactlyInAnyOrder(0, 6);
    assertThat(plan.subList(2, 4)).containsExactly(2, 4);
    assertThat(policy.distance(cluster.nodes().get(2))).isEqualTo(NodeDistance.REMOTE);
    assertThat(policy.distance(cluster.nodes().get(3))).isEqualTo(NodeDistance.IGNORED);
  }

  @Test
  void staysLocalForLocalConsistencies() {
    JsonObject config =
        new JsonObject().put("localDatacenter", "a").put("maxRemotePerDatacenter", 1);
    Topology cluster = Clusters.of("a/r", "b/r");
    LoadBalancingPolicy policy = policy(new DatacenterAwareProvider(), config, cluster);
    for (Consistency consistency : Consistency.values()) {
      boolean local =
          List.of(Consistency.LOCAL_ONE, Consistency.LOCAL_QUORUM, Consistency.LOCAL_SERIAL)
              .contains(consistency);
      assertThat(plan(policy, TckRequest.unrouted().at(consistency)))
          .as("%s", consistency)
          .isEqualTo(local ? List.of(0) : List.of(0, 1));
    }
    LoadBalancingPolicy allowed =
        policy(
            new DatacenterAwareProvider(),
            config.put("allowRemoteForLocalConsistency", true),
            cluster);
    assertThat(plan(allowed, LOCAL)).containsExactly(0, 1);
  }

  @Test
  void goesToRemoteDatacentersInTheGivenOrderAndToNoOther() {
    JsonObject config =
        new JsonObject()
            .put("localDatacenter", "a")
            .put("maxRemotePerDatacenter", 5)
            .put("remoteDatacenters", new JsonArray().add("d").add("b"));
    LoadBalancingPolicy policy =
        policy(new DatacenterAwareProvider(), config, Clusters.of("a/r", "b/r", "c/r", "d/r"));
    assertThat(plan(policy, ANY)).containsExactly(0, 3, 1);
  }

  @Test
  void refusesAnOrderOfDatacentersThatAreNotUsed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DatacenterAwareProvider()
                    .create(TckContext.create(new JsonObject().put("remoteDatacenters", "b"))))
        .withMessage(
            "'remoteDatacenters' is [b], but 'maxRemotePerDatacenter' is 0; expected 1 or more");
  }

  @Test
  void loopsAgreeOnTheDatacenterThatIsFoundOut() {
    TckContext context = TckContext.create();
    LoadBalancingPolicy first =
        policy(new DatacenterAwareProvider(), context, Clusters.of("a/r-", "b/r", "a/r"));
    assertThat(plan(first, ANY)).containsExactly(1);
    // Another loop begins later, when a node of the other data centre is the first one.
    LoadBalancingPolicy second =
        policy(
            new DatacenterAwareProvider(),
            context.sibling(new JsonObject()),
            Clusters.of("a/r", "b/r", "a/r"));
    assertThat(plan(second, ANY)).containsExactly(1);
  }

  @Test
  void findsTheDatacenterOutAsSoonAsANodeTellsIt() {
    LoadBalancingPolicy policy =
        policy(new DatacenterAwareProvider(), new JsonObject(), Clusters.of("/", "/"));
    assertThat(plan(policy, LOCAL)).containsExactlyInAnyOrder(0, 1);
    policy.onTopology(Clusters.of("/", "b/r", "a/r"));
    assertThat(plan(policy, LOCAL)).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void prefersTheLocalRack() {
    JsonObject config =
        new JsonObject()
            .put("localDatacenter", "a")
            .put("localRack", "r2")
            .put("maxRemotePerDatacenter", 1);
    LoadBalancingPolicy policy =
        policy(
            new RackAwareProvider(),
            config,
            Clusters.of("a/r1", "a/r2", "b/r2", "a/r2", "a/r3", "a/r2-"));
    for (int i = 0; i < 10; i++) {
      List<Integer> plan = plan(policy, ANY);
      assertThat(plan.subList(0, 2)).containsExactlyInAnyOrder(1, 3);
      assertThat(plan.subList(2, 4)).containsExactlyInAnyOrder(0, 4);
      assertThat(plan.subList(4, 6)).containsExactly(2, 5);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RackAwareProvider().create(TckContext.create()))
        .withMessageContaining("'localRack' is missing");
  }

  @Test
  void defaultTakesAllNodesWithRoundRobin() {
    Topology cluster = Clusters.of("a/r", "b/r");
    assertThat(
            plan(
                policy(new DefaultProvider(), new JsonObject().put("roundRobin", true), cluster),
                LOCAL))
        .containsExactlyInAnyOrder(0, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DefaultProvider()
                    .create(
                        TckContext.create(
                            new JsonObject().put("roundRobin", true).put("localRack", "r"))))
        .withMessage(
            "'localRack' has no meaning with 'roundRobin': it takes all nodes; expected one of the"
                + " two");
  }

  @Test
  void singleNodeUsesOneNode() {
    Topology cluster = Clusters.of("a/r", "a/r", "a/r");
    LoadBalancingPolicy policy =
        policy(new SingleNodeProvider(), new JsonObject().put("node", "10.0.0.2:9042"), cluster);
    assertThat(plan(policy, ANY)).containsExactly(1);
    assertThat(distances(policy, cluster))
        .containsExactly(NodeDistance.IGNORED, NodeDistance.LOCAL, NodeDistance.IGNORED);
    policy.onTopology(Clusters.of("a/r"));
    assertThat(plan(policy, ANY)).isEmpty();
  }

  private static List<NodeDistance> distances(LoadBalancingPolicy policy, Topology cluster) {
    List<NodeDistance> distances = new ArrayList<>();
    for (Node node : cluster.nodes()) {
      distances.add(policy.distance(node));
    }
    return distances;
  }
}
