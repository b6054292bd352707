package cqloop.netty.it;

import cqloop.CqlOptions;
import cqloop.PolicyOptions;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.fake.WireValue;
import cqloop.testkit.scylla.Arrival;
import cqloop.testkit.scylla.FrontConnection;
import cqloop.testkit.scylla.FrontCounters;
import cqloop.testkit.scylla.ScyllaFront;
import cqloop.testkit.scylla.ScyllaFrontBuilder;
import cqloop.testkit.scylla.Tablet;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A front before each node of a cluster: the first has 4 shards, the second 3. */
final class Fronts implements AutoCloseable {

  static final List<Integer> SHARDS = List.of(4, 3);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final List<ScyllaFront> fronts = new ArrayList<>();

  Fronts(CassandraCluster cluster, UnaryOperator<ScyllaFrontBuilder> settings) {
    for (int i = 0; i < SHARDS.size(); i++) {
      ScyllaFrontBuilder builder =
          ScyllaFront.before(cluster.node(i)).shards(SHARDS.get(i)).lwtMark();
      fronts.add(Awaits.get(settings.apply(builder).start(vertx)));
    }
  }

  ScyllaFront get(int index) {
    return fronts.get(index);
  }

  List<ScyllaFront> all() {
    return fronts;
  }

  /** Options that lead to the fronts, with a short delay before a node is tried again. */
  CqlOptions options() {
    CqlOptions options = new CqlOptions().setLocalDatacenter("dc1");
    for (ScyllaFront front : fronts) {
      options.addContactPoint(front.address().getHostString() + ":" + front.address().getPort());
    }
    options
        .getConnection()
        .setConnectTimeout(Duration.ofSeconds(20))
        .setHandshakeTimeout(Duration.ofSeconds(20))
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 100)));
    return options;
  }

  /** A rate limit for one partition: that of the key (1, "b1"). */
  static boolean isWriteOfOne(Arrival arrival) {
    return arrival.statement().isWrite()
        && arrival.values().get(0).equals(WireValue.of((byte) 0, (byte) 0, (byte) 0, (byte) 1));
  }

  /** Whether one loop has a connection to each shard, and nothing is left besides the control. */
  boolean areServedShardByShard() {
    int shards = 0;
    int connections = 0;
    for (ScyllaFront front : fronts) {
      Set<Integer> served = new HashSet<>();
      for (FrontConnection connection : front.connections()) {
        served.add(connection.shard());
        connections++;
      }
      if (served.size() != front.counters().hits().size()) {
        return false;
      }
      shards += served.size();
    }
    return connections == shards + 1;
  }

  void resetCounters() {
    fronts.forEach(front -> Awaits.get(front.resetCounters()));
  }

  /**
   * Divides a table into tablets with one made-up replica each.
   *
   * @param shift moves them to other nodes and shards
   */
  List<Tablet> setTablets(String keyspace, String table, int count, int shift) {
    List<List<Tablet.Replica>> replicas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ScyllaFront front = fronts.get((i / 2 + shift) % fronts.size());
      int shards = front.counters().hits().size();
      replicas.add(List.of(new Tablet.Replica(front.hostId(), (3 * i + 1 + shift) % shards)));
    }
    List<Tablet> tablets = Tablet.even(replicas);
    fronts.forEach(front -> Awaits.get(front.setTablets(keyspace, table, tablets)));
    return tablets;
  }

  /** Divides a table into tablets that are on the second node first, and on the first node too. */
  void setTabletsOnBoth(String keyspace, String table, int count) {
    List<List<Tablet.Replica>> replicas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replicas.add(
          List.of(
              new Tablet.Replica(fronts.get(1).hostId(), i % 3),
              new Tablet.Replica(fronts.get(0).hostId(), (i / 2 + 1) % 4)));
    }
    List<Tablet> tablets = Tablet.even(replicas);
    fronts.forEach(front -> Awaits.get(front.setTablets(keyspace, table, tablets)));
  }

  int payloads() {
    return fronts.stream().mapToInt(front -> front.counters().payloads()).sum();
  }

  int hits() {
    return fronts.stream().mapToInt(front -> front.counters().totalHits()).sum();
  }

  /** Executions that came in elsewhere than at the first replica and its shard. */
  int misses() {
    int misses = 0;
    for (ScyllaFront front : fronts) {
      FrontCounters counters = front.counters();
      misses += counters.totalMisses() + counters.strays() + counters.unknown();
    }
    return misses;
  }

  /** For the message of an assertion. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    fronts.forEach(front -> text.append(front.counters()).append(' '));
    return text.toString();
  }

  @Override
  public void close() {
    Awaits.get(vertx.close());
  }
}
