package cqloop.loadbalancing;

import static cqloop.loadbalancing.Clusters.plan;
import static cqloop.loadbalancing.Clusters.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import cqloop.Consistency;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.PolicyContext;
import cqloop.spi.QueryPlan;
import cqloop.testkit.tck.TckContext;
import cqloop.testkit.tck.TckNodes;
import cqloop.testkit.tck.TckRequest;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokenAwarePolicyTest {

  private static final Topology CLUSTER =
      Clusters.of("a/r1", "a/r2", "a/r1", "b/r1", "b/r2", "a/r2", "a/r1", "a/r2");

  @Test
  void givesTheReplicasFirstThenTheOthers() {
    LoadBalancingPolicy policy = local(new JsonObject());
    for (int i = 0; i < 50; i++) {
      List<Integer> plan = plan(policy, Clusters.to(CLUSTER, 5, 1, 7));
      assertThat(plan.subList(0, 3)).containsExactlyInAnyOrder(5, 1, 7);
      assertThat(plan.subList(3, 6)).containsExactlyInAnyOrder(0, 2, 6);
      assertThat(plan).hasSize(6);
    }
  }

  @Test
  void shufflesTheReplicas() {
    LoadBalancingPolicy policy = local(new JsonObject().put("leastBusy", false));
    Map<List<Integer>, Integer> orders = new HashMap<>();
    for (int i = 0; i < 6000; i++) {
      orders.merge(plan(policy, Clusters.to(CLUSTER, 5, 1, 7)).subList(0, 3), 1, Integer::sum);
    }
    assertThat(orders).hasSize(6);
    assertThat(orders.values()).allMatch(times -> times > 850 && times < 1150);
  }

  @Test
  void replicasTakeTurnsWithoutShuffle() {
    LoadBalancingPolicy policy =
        local(new JsonObject().put("shuffleReplicas", false).put("leastBusy", false));
    List<Integer> firsts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      firsts.add(plan(policy, Clusters.to(CLUSTER, 5, 1, 7)).get(0));
    }
    assertThat(firsts).containsExactly(5, 1, 7, 5, 1, 7);
  }

  @Test
  void takesTheLessBusyOfTwoReplicas() {
    for (boolean shuffle : new boolean[] {true, false}) {
      LoadBalancingPolicy policy = local(new JsonObject().put("shuffleReplicas", shuffle));
      TckRequest two =
          Clusters.to(CLUSTER, 5, 1)
              .busy(CLUSTER.nodes().get(5), 8)
              .busy(CLUSTER.nodes().get(1), 3);
      for (int i = 0; i < 50; i++) {
        assertThat(plan(policy, two).subList(0, 2)).containsExactly(1, 5);
      }
    }
  }

  @Test
  void neverTakesTheBusiestOfThreeFirst() {
    LoadBalancingPolicy policy = local(new JsonObject());
    TckRequest request = Clusters.to(CLUSTER, 5, 1, 7).busy(CLUSTER.nodes().get(5), 100);
    Set<Integer> firsts = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      firsts.add(plan(policy, request).get(0));
    }
    assertThat(firsts).containsExactlyInAnyOrder(1, 7);
  }

  @Test
  void keepsTheOrderOfTheRingForConditionalRequests() {
    LoadBalancingPolicy policy = local(new JsonObject());
    TckRequest request =
        Clusters.to(CLUSTER, 3, 5, 1, 7).busy(CLUSTER.nodes().get(5), 100).conditional();
    for (int i = 0; i < 50; i++) {
      // Node 3 is in the other data centre, so it is no candidate for the leader.
      assertThat(plan(policy, request).subList(0, 3)).containsExactly(5, 1, 7);
    }
  }

  @Test
  void conditionalRequestsBeginInTheLocalRack() {
    LoadBalancingPolicy policy =
        policy(
            new DefaultProvider(),
            new JsonObject().put("localDatacenter", "a").put("localRack", "r1"),
            CLUSTER);
    for (int i = 0; i < 20; i++) {
      assertThat(plan(policy, Clusters.to(CLUSTER, 5, 2, 1, 0).conditional()).subList(0, 4))
          .containsExactly(2, 0, 5, 1);
    }
  }

  @Test
  void groupsReplicasByRackThenDatacenterThenRemote() {
    JsonObject config =
        new JsonObject()
            .put("localDatacenter", "a")
            .put("localRack", "r2")
            .put("maxRemotePerDatacenter", 2);
    LoadBalancingPolicy policy = policy(new DefaultProvider(), config, CLUSTER);
    for (int i = 0; i < 20; i++) {
      List<Integer> plan = plan(policy, Clusters.to(CLUSTER, 3, 0, 1, 2, 5).at(Consistency.QUORUM));
      assertThat(plan.subList(0, 2)).containsExactlyInAnyOrder(1, 5);
      assertThat(plan.subList(2, 4)).containsExactlyInAnyOrder(0, 2);
      assertThat(plan.get(4)).isEqualTo(3);
      assertThat(plan.subList(5, 8)).containsExactlyInAnyOrder(7, 6, 4);
      assertThat(plan(policy, Clusters.to(CLUSTER, 3, 0, 1).at(Consistency.LOCAL_QUORUM)))
          .doesNotContain(3, 4);
    }
  }

  @Test
  void replicasThatAreDownOrHiddenGetNoPreference() {
    Topology cluster = Clusters.of("a/r", "a/r-", "a/r", "a/r");
    JsonObject config = new JsonObject().put("localDatacenter", "a").put("denyHosts", "10.0.0.4");
    LoadBalancingPolicy policy = policy(new DefaultProvider(), config, cluster);
    for (int i = 0; i < 20; i++) {
      List<Integer> plan = plan(policy, Clusters.to(cluster, 3, 1, 2));
      assertThat(plan).containsExactly(2, 0, 1);
    }
  }

  @Test
  void leavesRequestsWithoutPartitionKeyToTheInnerPolicy() {
    LoadBalancingPolicy policy = local(new JsonObject());
    assertThat(policy.plan(TckRequest.unrouted())).isInstanceOf(TierPlan.class);
  }

  @Test
  void knowsNodesByIdentityAndNotByIndex() {
    LoadBalancingPolicy policy = local(new JsonObject());
    // The list of replicas is older than the topology: index 1 was another node then.
    Node former =
        new Node(
            1,
            new UUID(7, 7),
            TckNodes.node(500, "a", "r1").address(),
            "a",
            "r1",
            "",
            NodeState.UP);
    List<Integer> plan = plan(policy, TckRequest.to(List.of(former, CLUSTER.nodes().get(5))));
    assertThat(plan).startsWith(5).hasSize(6);
    // A newer snapshot of the same node is the same node.
    Node later = CLUSTER.nodes().get(5).withState(NodeState.UNKNOWN);
    assertThat(plan(policy, TckRequest.to(List.of(later)))).startsWith(5).hasSize(6);
  }

  @Test
  void takesMoreReplicasThanAnyCountIsMadeFor() {
    String[] places = new String[200];
    Arrays.fill(places, "a/r");
    Topology cluster = Clusters.of(places);
    LoadBalancingPolicy policy =
        policy(new DefaultProvider(), new JsonObject().put("localDatacenter", "a"), cluster);
    assertThat(plan(policy, TckRequest.to(cluster.nodes()))).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void asksTheInnerPolicyOnlyWhenAllReplicasWereTried() {
    int[] asked = {0};
    LoadBalancingProvider counting =
        new LoadBalancingProvider() {
          @Override
          public String name() {
            return "counting";
          }

          @Override
          public LoadBalancingPolicy create(PolicyContext context) {
            return request -> {
              asked[0]++;
              assertThat(request.keyspace()).isEqualTo("ks");
              assertThat(request.replicas()).hasSize(2);
              assertThat(request.consistency()).isEqualTo(Consistency.TWO);
              return QueryPlan.of(CLUSTER.nodes());
            };
          }
        };
    TckContext context =
        TckContext.create(new JsonObject().put("policy", new JsonObject().put("name", "counting")))
            .withProvider(counting);
    LoadBalancingPolicy policy = policy(new TokenAwareProvider(), context, CLUSTER);
    TckRequest request = Clusters.to(CLUSTER, 5, 1).at(Consistency.TWO);
    QueryPlan plan = policy.plan(request);
    request.end();
    assertThat(Set.of(plan.next(), plan.next())).hasSize(2);
    assertThat(asked[0]).isZero();
    assertThat(plan.next()).isNotNull();
    assertThat(asked[0]).isEqualTo(1);
  }

  @Test
  void theFirstChoiceCostsOnePlanObject() {
    LoadBalancingPolicy policy = local(new JsonObject());
    TckRequest request = Clusters.to(CLUSTER, 5, 1, 7);
    long least = Long.MAX_VALUE;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int round = 0; round < 100; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        policy.plan(request).next();
      }
      least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / 100);
    }
    // Nine fields and the header; the measurement itself is spread over the hundred.
    assertThat(least).isBetween(1L, 80L);
  }

  private static LoadBalancingPolicy local(JsonObject config) {
    return policy(new DefaultProvider(), config.copy().put("localDatacenter", "a"), CLUSTER);
  }
}
