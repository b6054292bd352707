package cqloop.netty.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import cqloop.metadata.Topology;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is known of tablets, against a model that keeps them in a list. Scenario B11. */
class TabletMapTest {

  private static final int RUNS = 200;
  private static final int TOKENS = 60;

  /** Tablets that come and go; a million with {@code -Dcqloop.tablets=1000000}. */
  private static final int CHURN = Integer.getInteger("cqloop.tablets", 100_000);

  private static final int BATCH = 1000;

  /** A table has 4096 of them at most in the test of churn. */
  private static final int SMALLEST_BITS = 52;

  private final Node a = node(0);
  private final Node b = node(1);
  private final Node c = node(2);
  private final Topology all = new Topology(1, "test", "", List.of(a, b, c));

  @Test
  void aTokenBelongsToTheTabletThatEndsAtItOrBehindIt() {
    TabletMap map = learn(TabletMap.NONE, tablet(0, 10, a), tablet(20, 30, b));
    for (long token : new long[] {Long.MIN_VALUE, -1, 0, 11, 20, 31, Long.MAX_VALUE}) {
      assertThat(map.find("ks", "t", token)).as("token %d", token).isNull();
    }
    assertThat(replicas(map, 1)).containsExactly(a);
    assertThat(replicas(map, 10)).containsExactly(a);
    assertThat(replicas(map, 21)).containsExactly(b);
    assertThat(replicas(map, 30)).containsExactly(b);
  }

  @Test
  void eachTableHasItsOwn() {
    TabletMap map = learn(TabletMap.NONE, tablet(0, 10, a));
    assertThat(map.has("ks")).isTrue();
    assertThat(map.has("other")).isFalse();
    assertThat(map.has(null)).isFalse();
    assertThat(map.find("ks", "other", 5)).isNull();
    assertThat(map.find("other", "t", 5)).isNull();
    assertThat(map.find("ks", null, 5)).isNull();
    assertThat(map.find(null, "t", 5)).isNull();
  }

  /** The same batches of random tablets; those that a newer one overlaps go. */
  @Test
  void knowsWhatTheModelKnows() {
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      List<Tablet> model = new ArrayList<>();
      TabletMap map = TabletMap.NONE;
      for (int step = 0; step < 30; step++) {
        Tablet[] told = new Tablet[1 + random.nextInt(5)];
        for (int i = 0; i < told.length; i++) {
          long first = random.nextInt(TOKENS);
          long last = first + 1 + random.nextInt(random.nextBoolean() ? 4 : TOKENS);
          told[i] = tablet(first, last, random.nextBoolean() ? a : b);
          Tablet newer = told[i];
          model.removeIf(old -> old.first() < newer.last() && newer.first() < old.last());
          model.add(newer);
        }
        map = learn(map, told);
        assertThat(map.size()).as("seed %d", seed).isEqualTo(model.size());
        for (long token = -1; token <= 2 * TOKENS + 1; token++) {
          Tablet found = map.find("ks", "t", token);
          Tablet expected = inModel(model, token);
          if (found != expected && (found == null || expected == null || !found.isLike(expected))) {
            fail("seed %s, step %s, token %s: %s, not %s", seed, step, token, found, expected);
          }
        }
      }
    }
  }

  private static Tablet inModel(List<Tablet> model, long token) {
    for (Tablet tablet : model) {
      if (tablet.first() < token && token <= tablet.last()) {
        return tablet;
      }
    }
    return null;
  }

  @Test
  void whatIsKnownChangesNothing() {
    TabletMap map = learn(TabletMap.NONE, tablet(0, 10, a), tablet(10, 20, b));
    assertThat(learn(map, tablet(10, 20, b), tablet(0, 10, a))).isSameAs(map);
    assertThat(learn(map, tablet(10, 20, a))).isNotSameAs(map);
    assertThat(replicas(map, 15)).containsExactly(b);
  }

  @Test
  void aTableAndAllOfThemHaveTheirBounds() {
    TabletMap map = TabletMap.NONE;
    for (int table = 0; table < 5; table++) {
      map = map.with(inARow("t" + table, 0, TabletMap.MAX_OF_TABLE + 10));
      int expected = Math.min((table + 1) * TabletMap.MAX_OF_TABLE, TabletMap.MAX_TABLETS);
      assertThat(map.size()).isEqualTo(expected);
    }
    assertThat(map.find("ks", "t4", 1)).isNull();
    assertThat(map.isFull()).isTrue();
    // One that replaces others is taken all the same.
    Tablet newer = tablet(0, 50, b);
    map = map.with(List.of(new LearntTablet("ks", "t0", newer)));
    assertThat(map.find("ks", "t0", 7)).isSameAs(newer);
    assertThat(map.size()).isEqualTo(TabletMap.MAX_TABLETS - 4);
    assertThat(learn(TabletMap.NONE, newer).isFull()).isFalse();
    map = map.with(inARow("t4", 0, 10));
    assertThat(map.size()).isEqualTo(TabletMap.MAX_TABLETS);
    assertThat(map.find("ks", "t4", 35)).isNotNull();
    assertThat(map.find("ks", "t4", 45)).isNull();
  }

  /** Tablets that split, merge and move without end, in tables that come and go. */
  @Test
  void churnTakesNoMoreMemory() {
    Random random = new Random(7);
    TabletMap map = TabletMap.NONE;
    long flat = 0;
    for (int told = 0; told < CHURN; told += BATCH) {
      List<LearntTablet> batch = new ArrayList<>(BATCH);
      for (int i = 0; i < BATCH; i++) {
        long first = random.nextLong() >> SMALLEST_BITS << SMALLEST_BITS;
        long width = 1L << SMALLEST_BITS + random.nextInt(4);
        long last = first > Long.MAX_VALUE - width ? Long.MAX_VALUE : first + width;
        String table = "t" + random.nextInt(5);
        batch.add(new LearntTablet("ks", table, tablet(first, last, a, b, c)));
      }
      map = map.with(batch);
      if (random.nextInt(50) == 0) {
        map = map.withoutTable("ks", "t" + random.nextInt(5));
      }
      assertThat(map.size()).isLessThanOrEqualTo(5 << Long.SIZE - SMALLEST_BITS);
      if (told == CHURN / 2) {
        flat = usedBytes();
      }
    }
    assertThat(map.size()).isGreaterThan(1000);
    // The second half would take twice as much, were all of them kept.
    assertThat(usedBytes() - flat).isLessThan(CHURN / 2 * 100L);
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void whatWasDroppedIsForgotten() {
    TabletMap map =
        learn(TabletMap.NONE, tablet(0, 10, a))
            .with(List.of(new LearntTablet("ks", "u", tablet(0, 10, b))));

    TabletMap without = map.withoutTable("ks", "t");
    assertThat(without.find("ks", "t", 5)).isNull();
    assertThat(without.find("ks", "u", 5)).isNotNull();
    assertThat(without.withoutTable("ks", "u").has("ks")).isTrue();
    assertThat(without.withoutTable("ks", "t")).isSameAs(without);
    assertThat(without.withoutTable("strange", "t")).isSameAs(without);

    assertThat(map.withoutKeyspace("ks")).isSameAs(TabletMap.NONE);
    assertThat(map.withoutKeyspace("strange")).isSameAs(map);
  }

  @Test
  void tabletsOfANodeThatHasLeftAreForgotten() {
    TabletMap map = learn(TabletMap.NONE, tablet(0, 10, a, b), tablet(10, 20, b, c));
    Topology later = new Topology(2, "test", "", List.of(a, b));

    TabletMap rest = map.inCluster(all, later, Set.of("ks"), Set.of("ks"));

    assertThat(rest.size()).isEqualTo(1);
    assertThat(rest.find("ks", "t", 15)).isNull();
    assertThat(rest.find("ks", "t", 5)).isNotNull();
    assertThat(rest.inCluster(later, later, Set.of("ks"), Set.of("ks"))).isSameAs(rest);
  }

  @Test
  void aReplicaThatIsNotKnownYetIsFoundWhenItHasJoined() {
    Topology before = new Topology(0, "test", "", List.of(a));
    TabletMap map = learn(TabletMap.NONE, tablet(0, 10, a, b));
    assertThat(map.find("ks", "t", 5).replicas(before)).containsExactly(a);

    TabletMap same = map.inCluster(before, before, Set.of("ks"), null);
    assertThat(same).isSameAs(map);
    TabletMap later = same.inCluster(before, all, Set.of("ks"), null);
    assertThat(later.find("ks", "t", 5).replicas(all)).containsExactly(a, b);
  }

  @Test
  void theServerSaysWhichKeyspacesHaveTabletsOrTheAnswersDo() {
    TabletMap map = learn(TabletMap.NONE, tablet(0, 10, a));
    Set<String> present = Set.of("ks", "fresh", "old");

    TabletMap both = map.inCluster(all, all, present, Set.of("fresh"));
    assertThat(both.keyspaces()).containsExactlyInAnyOrder("ks", "fresh");
    assertThat(both.find("fresh", "t", 5)).isNull();
    assertThat(both.inCluster(all, all, present, Set.of("fresh"))).isSameAs(both);
    assertThat(both.inCluster(all, all, present, null)).isSameAs(both);

    TabletMap listed = both.inCluster(all, all, present, Set.of("ks"));
    assertThat(listed.keyspaces()).as("one that is listed no more").containsExactly("ks");
    assertThat(listed.size()).isEqualTo(1);
    assertThat(listed.inCluster(all, all, present, Set.of())).isSameAs(TabletMap.NONE);

    assertThat(map.inCluster(all, all, present, null)).isSameAs(map);
    assertThat(map.inCluster(all, all, Set.of("old"), null)).isSameAs(TabletMap.NONE);
    assertThat(TabletMap.NONE.inCluster(all, all, present, Set.of())).isSameAs(TabletMap.NONE);
  }

  @Test
  void aKeyspaceWithTabletsHasNoReplicasOnTheRing() {
    Replication one = Replication.of(Map.of("class", "SimpleStrategy", "replication_factor", "1"));
    TokenRing ring =
        TokenRing.of(Partitioner.MURMUR3, Map.of(a, List.of(Partitioner.MURMUR3.parse("0"))));
    ClusterState state = new ClusterState(all, ring, Map.of("ks", one, "old", one), TabletMap.NONE);
    ReplicaTable old = state.replicas("old");
    assertThat(state.replicas("ks")).isNotNull();

    ClusterState later = state.withTablets(learn(TabletMap.NONE, tablet(0, 10, a)));
    assertThat(later.replicas("ks")).isNull();
    assertThat(later.replicas("old")).isNotNull();

    ClusterState more = later.withTablets(learn(later.tablets(), tablet(10, 20, a)));
    assertThat(more.replicas("old")).as("kept").isSameAs(later.replicas("old"));
    assertThat(more.withTablets(TabletMap.NONE).replicas("ks")).isNotNull();
    assertThat(old).isNotNull();
  }

  private static TabletMap learn(TabletMap map, Tablet... tablets) {
    return map.with(
        Arrays.stream(tablets).map(tablet -> new LearntTablet("ks", "t", tablet)).toList());
  }

  private List<LearntTablet> inARow(String table, long from, int count) {
    List<LearntTablet> row = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long first = from + 10L * i;
      row.add(new LearntTablet("ks", table, tablet(first, first + 10, a)));
    }
    return row;
  }

  private List<Node> replicas(TabletMap map, long token) {
    return map.find("ks", "t", token).replicas(all);
  }

  private static Tablet tablet(long first, long last, Node... replicas) {
    UUID[] hosts = new UUID[replicas.length];
    for (int i = 0; i < hosts.length; i++) {
      hosts[i] = replicas[i].hostId();
    }
    return new Tablet(first, last, hosts, new int[hosts.length]);
  }

  private static Node node(int index) {
    return new Node(
        index,
        new UUID(1, index),
        SocketAddress.inetSocketAddress(9042, "10.0.0." + index),
        "dc1",
        "rack1",
        "3.0.8",
        NodeState.UP);
  }
}
