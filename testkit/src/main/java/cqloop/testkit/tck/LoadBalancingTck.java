package cqloop.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.Consistency;
import cqloop.error.Overloaded;
import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import cqloop.spi.LoadBalancingPolicy;
import cqloop.spi.LoadBalancingProvider;
import cqloop.spi.NodeDistance;
import cqloop.spi.PolicyContext;
import cqloop.spi.QueryPlan;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Owned by one test. What every load balancing policy must keep to, whatever order it prefers. The
 * cluster has the data centres dc1 and dc2 with the racks r1 and r2 each; dc1 is local.
 */
public abstract class LoadBalancingTck {

  /** More nodes than any plan may give: one that gives more gives some of them twice. */
  private static final int ENDLESS = 5000;

  /** Allocation that a larger cluster may add to a plan; a copy of its nodes takes far more. */
  private static final long SPARE_BYTES = 200;

  /** Returns the provider. */
  protected abstract LoadBalancingProvider provider();

  /** Returns its configuration. */
  protected JsonObject config() {
    return new JsonObject();
  }

  /**
   * Tells whether a plan holds every local node in the end, so that one failure is never enough.
   */
  protected boolean givesEveryLocalNode() {
    return true;
  }

  /** Returns a cluster of this many nodes, as the policy needs it. */
  protected Topology cluster(int nodes) {
    List<Node> all = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      all.add(TckNodes.node(i, i % 3 == 2 ? "dc2" : "dc1", i % 2 == 0 ? "r1" : "r2"));
    }
    return new Topology(nodes, "tck", "org.apache.cassandra.dht.Murmur3Partitioner", all);
  }

  @Test
  public void givesEachNodeOnceAndThenNoMore() {
    LoadBalancingPolicy policy = policy(cluster(9));
    for (TckRequest request : requests(cluster(9))) {
      QueryPlan plan = plan(policy, request);
      Set<Node> seen = new HashSet<>();
      for (Node node = plan.next(); node != null; node = plan.next()) {
        assertThat(seen.add(node)).as("%s is given once", node).isTrue();
        assertThat(seen).hasSizeLessThan(ENDLESS);
      }
      assertThat(plan.next()).as("after the end").isNull();
      assertThat(plan.next()).as("long after the end").isNull();
    }
  }

  @Test
  public void givesOnlyNodesThatGetConnections() {
    Topology cluster = cluster(9);
    LoadBalancingPolicy policy = policy(cluster);
    for (TckRequest request : requests(cluster)) {
      for (Node node : drain(plan(policy, request))) {
        assertThat(cluster.nodes()).contains(node);
        assertThat(policy.distance(node)).as("distance of %s", node).isNotNull();
        assertThat(policy.distance(node)).isNotEqualTo(NodeDistance.IGNORED);
      }
    }
  }

  @Test
  public void givesEveryLocalNodeInTheEnd() {
    Topology cluster = cluster(9);
    LoadBalancingPolicy policy = policy(cluster);
    List<Node> local = new ArrayList<>();
    for (Node node : cluster.nodes()) {
      if (policy.distance(node) == NodeDistance.LOCAL) {
        local.add(node);
      }
    }
    assertThat(local).as("local nodes").isNotEmpty();
    for (TckRequest request : requests(cluster)) {
      List<Node> given = drain(plan(policy, request));
      if (givesEveryLocalNode()) {
        assertThat(given).containsAll(local);
      } else {
        assertThat(given).isNotEmpty();
      }
    }
  }

  @Test
  public void triesNodesThatAreBelievedToBeDownToo() {
    List<Node> down = new ArrayList<>();
    for (Node node : cluster(6).nodes()) {
      down.add(node.withState(NodeState.DOWN));
    }
    Topology cluster = new Topology(1, "tck", "", down);
    LoadBalancingPolicy policy = policy(cluster);
    // The belief may be wrong, and without a plan nobody would find out.
    for (TckRequest request : requests(cluster)) {
      assertThat(drain(plan(policy, request))).isNotEmpty();
    }
  }

  @Test
  public void followsTheCluster() {
    Topology before = cluster(6);
    LoadBalancingPolicy policy = policy(before);
    List<Node> rest = before.nodes().subList(0, 3);
    QueryPlan old = plan(policy, TckRequest.to(before.nodes()));
    old.next();
    policy.onTopology(new Topology(2, "tck", "", rest));
    assertThat(new HashSet<>(drain(old))).as("a plan that was begun ends").hasSizeLessThan(7);
    for (TckRequest request : requests(before)) {
      assertThat(rest).containsAll(drain(plan(policy, request)));
    }
    policy.onTopology(new Topology(3, "tck", "", List.of()));
    assertThat(plan(policy, TckRequest.unrouted()).next()).isNull();
    policy.onTopology(before);
    assertThat(drain(plan(policy, TckRequest.unrouted()))).isNotEmpty();
  }

  @Test
  public void takesContactPointsOfWhichNothingIsKnown() {
    Topology contacts =
        new Topology(0, "", "", List.of(Node.at(0, cluster(1).nodes().get(0).address())));
    LoadBalancingPolicy policy = policy(contacts);
    assertThat(drain(plan(policy, TckRequest.unrouted()))).hasSize(1);
  }

  @Test
  public void keepsTwoRequestsApart() {
    Topology cluster = cluster(9);
    LoadBalancingPolicy policy = policy(cluster);
    List<Node> replicas = cluster.nodes().subList(2, 5);
    QueryPlan one = plan(policy, TckRequest.to(replicas));
    QueryPlan other = plan(policy, TckRequest.to(replicas));
    List<Node> first = new ArrayList<>();
    List<Node> second = new ArrayList<>();
    for (int i = 0; i < ENDLESS; i++) {
      add(first, one.next());
      add(second, other.next());
    }
    assertThat(first).doesNotHaveDuplicates();
    assertThat(second).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  public void takesAnyOutcome() {
    Topology cluster = cluster(9);
    LoadBalancingPolicy policy = policy(cluster);
    for (Node node : cluster(12).nodes()) {
      for (long latency : new long[] {0, 1, 1_000_000, Long.MAX_VALUE}) {
        policy.onAttempt(node, latency, null);
        policy.onAttempt(node, latency, new Overloaded("x"));
        policy.onAttempt(node, latency, new IllegalStateException("x"));
      }
    }
    assertThat(drain(plan(policy, TckRequest.unrouted()))).isNotEmpty();
  }

  @Test
  public void costsNoMoreInALargeCluster() {
    long small = allocatedByFirstChoices(cluster(6));
    long large = allocatedByFirstChoices(cluster(1000));
    assertThat(large)
        .as("bytes for the first two nodes of 1000, where those of 6 take %s", small)
        .isLessThanOrEqualTo(small + SPARE_BYTES);
  }

  @Test
  public void isSafeWhereLoopsShareIt() {
    TckContext context = context();
    LoadBalancingPolicy one = provider().create(context);
    LoadBalancingPolicy other = provider().create(context.sibling(config()));
    if (one != other) {
      return; // Each loop has its own, so there is nothing to be safe against.
    }
    Topology cluster = cluster(9);
    one.onTopology(cluster);
    List<CompletableFuture<Void>> loops = new ArrayList<>();
    for (int loop = 0; loop < 4; loop++) {
      loops.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  List<Node> given = drain(plan(one, TckRequest.to(cluster.nodes().subList(0, 3))));
                  assertThat(given).isNotEmpty().doesNotHaveDuplicates();
                }
              }));
    }
    CompletableFuture.allOf(loops.toArray(new CompletableFuture<?>[0])).join();
  }

  /** Returns a context as the sessions of this check have it. */
  protected TckContext context() {
    return TckContext.create(config()).withLocalDatacenter("dc1");
  }

  /** Asks for a plan the way the driver does: the request is valid during the call only. */
  protected static QueryPlan plan(LoadBalancingPolicy policy, TckRequest request) {
    QueryPlan plan = policy.plan(request.begin());
    request.end();
    assertThat(plan).as("plan").isNotNull();
    return plan;
  }

  /** Returns all nodes of a plan. */
  protected static List<Node> drain(QueryPlan plan) {
    List<Node> nodes = new ArrayList<>();
    for (Node node = plan.next(); node != null && nodes.size() < ENDLESS; node = plan.next()) {
      nodes.add(node);
    }
    return nodes;
  }

  private LoadBalancingPolicy policy(Topology topology) {
    PolicyContext context = context();
    LoadBalancingPolicy policy = provider().create(context);
    policy.onTopology(topology);
    return policy;
  }

  private static List<TckRequest> requests(Topology cluster) {
    List<Node> replicas = cluster.nodes().subList(0, Math.min(5, cluster.nodes().size()));
    List<Node> unknown = List.of(TckNodes.node(4000, "dc1", "r1"));
    List<TckRequest> requests = new ArrayList<>();
    for (Consistency consistency : Consistency.values()) {
      requests.add(TckRequest.unrouted().at(consistency));
      requests.add(TckRequest.to(replicas).at(consistency));
      requests.add(TckRequest.to(replicas).at(consistency).conditional());
      requests.add(TckRequest.to(unknown).at(consistency));
    }
    return requests;
  }

  private long allocatedByFirstChoices(Topology cluster) {
    LoadBalancingPolicy policy = policy(cluster);
    TckRequest request = TckRequest.to(cluster.nodes().subList(0, 3));
    long least = Long.MAX_VALUE;
    // The least of many rounds is what the code itself allocates, whatever else the JVM does.
    for (int round = 0; round < 50; round++) {
      long before = allocated();
      for (int i = 0; i < 100; i++) {
        QueryPlan plan = policy.plan(request);
        plan.next();
        plan.next();
      }
      least = Math.min(least, (allocated() - before) / 100);
    }
    return least;
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static void add(List<Node> nodes, @Nullable Node node) {
    if (node != null) {
      nodes.add(node);
    }
  }
}
