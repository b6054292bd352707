package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.metadata.Node;
import cqloop.metadata.Sharding;
import cqloop.testkit.scylla.ScyllaFront;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A session through fronts: each shard has its connection when it is made. */
final class FrontedSession {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PROBES = 100;

  private final Fronts fronts;
  private final String table;
  private final CqlSession session;

  /**
   * @param table with {@code PRIMARY KEY ((a int, b text))}, a text {@code v}, and one replica
   */
  FrontedSession(Vertx vertx, Fronts fronts, String table, CqlOptions options) {
    this.fronts = fronts;
    this.table = table;
    session = Awaits.get(CqlSession.connect(vertx, options));
    Awaits.until("the ring is known", PATIENCE, () -> session.tokenMap() != null);
    awaitShards();
  }

  CqlSession session() {
    return session;
  }

  /** One of the connections is that of the control: only requests show who serves them. */
  void awaitShards() {
    Awaits.until(
        "each shard has its connection, and no other is left",
        PATIENCE,
        () -> {
          fronts.resetCounters();
          Awaits.outcome(Future.join(insertions(prepareInsert(table, ""), PROBES)));
          return fronts.areServedShardByShard() && fronts.hits() == PROBES && fronts.misses() == 0;
        });
    Awaits.until(
        "the shards are told",
        PATIENCE,
        () ->
            fronts.all().stream()
                .allMatch(front -> sharding(front).equals(node(front).sharding())));
    fronts.resetCounters();
  }

  PreparedStatement prepareInsert(String into, String condition) {
    return Awaits.get(
        session.prepare("INSERT INTO " + into + " (a, b, v) VALUES (?, ?, ?)" + condition));
  }

  void insert(int keys) {
    insert(prepareInsert(table, ""), keys);
  }

  List<RowSet> insert(PreparedStatement insert, int keys) {
    return Awaits.get(Future.all(insertions(insert, keys))).list();
  }

  private List<Future<RowSet>> insertions(PreparedStatement insert, int keys) {
    List<Future<RowSet>> all = new ArrayList<>();
    for (int k = 0; k < keys; k++) {
      all.add(session.execute(insert.bind(k, "b" + k, "v" + k)));
    }
    return all;
  }

  /** Inserts until no answer tells of a tablet any more. */
  void learnTablets(PreparedStatement insert, int keys) {
    Awaits.until(
        "all tablets are known",
        PATIENCE,
        () -> {
          fronts.resetCounters();
          insert(insert, keys);
          return fronts.payloads() == 0;
        });
    fronts.resetCounters();
  }

  void assertReadBack(int keys) {
    assertReadBack(table, keys);
  }

  /** Reads what {@link #insert} has written. */
  void assertReadBack(String from, int keys) {
    PreparedStatement select =
        Awaits.get(session.prepare("SELECT v FROM " + from + " WHERE a = ? AND b = ?"));
    read(session, select, keys);
  }

  /** Reads what {@link #insert} has written, by a statement with the key. */
  static List<Row> read(CqlSession session, PreparedStatement select, int keys) {
    List<Future<RowSet>> all = new ArrayList<>();
    for (int k = 0; k < keys; k++) {
      all.add(session.execute(select.bind(k, "b" + k)));
    }
    Awaits.get(Future.all(all));
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < keys; k++) {
      Row row = all.get(k).result().first();
      assertThat(row).as("the row of key %s", k).isNotNull();
      assertThat(row.getString("v")).isEqualTo("v" + k);
      rows.add(row);
    }
    return rows;
  }

  /** The shards that a front has now. */
  static Sharding sharding(ScyllaFront front) {
    return new Sharding(front.counters().hits().size(), 12);
  }

  /** The node that the session knows behind a front. */
  Node node(ScyllaFront front) {
    return session.topology().nodes().stream()
        .filter(node -> front.hostId().equals(node.hostId()))
        .findFirst()
        .orElseThrow();
  }
}
