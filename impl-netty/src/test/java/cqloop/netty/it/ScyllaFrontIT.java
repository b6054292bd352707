package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.Batches;
import cqloop.BoundStatement;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.Row;
import cqloop.RowSet;
import cqloop.error.InvalidQuery;
import cqloop.error.RateLimitReached;
import cqloop.error.ServerException;
import cqloop.metadata.Node;
import cqloop.metadata.Sharding;
import cqloop.testkit.CassandraCluster;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.fake.Compression;
import cqloop.testkit.junit.CassandraClusterTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.testkit.scylla.FrontConnection;
import cqloop.testkit.scylla.FrontCounters;
import cqloop.testkit.scylla.ScyllaFront;
import cqloop.testkit.scylla.ScyllaFrontBuilder;
import cqloop.testkit.scylla.ShardPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two real nodes behind fronts that make them look like ScyllaDB, with 4 and 3 shards: every
 * request reaches the node and the shard of its key, whatever the shard-aware port does. Scenario
 * B12.
 */
@CassandraClusterTest(layout = "dc1:r1,r1", queryRecorder = false, behindFronts = true)
class ScyllaFrontIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int KEYS = 500;
  private static final int MANY_KEYS = 2_000;

  private static final String ONE_REPLICA = "one_replica";

  private CassandraCluster cluster;
  private String bothReplicas;
  private Vertx vertx;
  private Fronts fronts;
  private CqlSession session;

  @BeforeEach
  void prepare(CassandraCluster cluster, @TestKeyspace String keyspace) {
    this.cluster = cluster;
    bothReplicas = keyspace;
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    cluster
        .node(0)
        .execute(
            "CREATE KEYSPACE IF NOT EXISTS "
                + ONE_REPLICA
                + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    for (String each : List.of(ONE_REPLICA, keyspace)) {
      cluster
          .node(0)
          .execute(
              "CREATE TABLE IF NOT EXISTS "
                  + each
                  + ".t (a int, b text, v text, PRIMARY KEY ((a, b)))");
    }
    cluster.awaitAgreement();
  }

  @AfterEach
  void close() {
    // With its sessions.
    Awaits.get(vertx.close());
    fronts.close();
  }

  @Test
  void everyRequestArrivesAtTheNodeAndShardOfItsKey() {
    connect(front -> front);

    insert(MANY_KEYS);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertThat(fronts.hits()).isEqualTo(MANY_KEYS);
    for (ScyllaFront front : fronts.all()) {
      assertThat(front.counters().hits()).allMatch(hits -> hits > MANY_KEYS / 20);
      assertThat(front.connections()).filteredOn(FrontConnection::atShardPort).isNotEmpty();
      assertThat(node(front).sharding()).isEqualTo(shards(front));
    }

    fronts.resetCounters();
    assertReadBack(MANY_KEYS);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertThat(fronts.hits()).isEqualTo(MANY_KEYS);
  }

  @Test
  void batchesAreSplitByNodeAndShard() {
    connect(front -> front);
    PreparedStatement insert = prepareInsert(ONE_REPLICA, "");
    List<BoundStatement> all = new ArrayList<>();
    for (int k = 0; k < KEYS; k++) {
      all.add(insert.bind(k, "b" + k, "batch"));
    }
    List<BatchStatement> batches = Batches.split(session, all);
    List<Future<?>> done = new ArrayList<>();
    batches.forEach(batch -> done.add(session.execute(batch)));
    Awaits.get(Future.all(done));

    assertThat(batches.size()).isBetween(7, 7 + KEYS / 50);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertThat(fronts.hits()).isEqualTo(KEYS);
  }

  /** By the mark in the answer to PREPARE: others are spread over the replicas. */
  @Test
  void lightweightTransactionsGoToTheFirstReplica() {
    connect(front -> front);
    execute(prepareInsert(bothReplicas, ""), KEYS);
    assertThat(strays()).isGreaterThan(KEYS / 20);
    assertThat(fronts.misses() - strays()).as("wrong shards").isZero();

    fronts.resetCounters();
    int transactions = 60;
    List<RowSet> rows = execute(prepareInsert(bothReplicas, " IF NOT EXISTS"), transactions);
    assertThat(rows).noneMatch(result -> result.first().getBoolean("[applied]"));
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertThat(fronts.hits()).isEqualTo(transactions);
  }

  @Test
  void theRateLimitIsAnErrorOfItsOwn() {
    connect(front -> front);
    PreparedStatement insert = prepareInsert(ONE_REPLICA, "");
    fronts.all().forEach(front -> Awaits.get(front.setRateLimit(Fronts::isWriteOfOne)));

    RateLimitReached error =
        Awaits.failure(RateLimitReached.class, session.execute(insert.bind(1, "b1", "v")));
    assertThat(error.isWrite()).isTrue();
    assertThat(error.rejectedByCoordinator()).isTrue();

    execute(insert, 1);
    assertReadBack(1);
  }

  /** Address translation on the way gives every connection another local port. */
  @Test
  void aShardAwarePortThatLeadsElsewhereIsLeftAlone() {
    connect(front -> front.shardPort(ShardPort.TRANSLATED));
    insert(KEYS);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertReadBack(KEYS);
  }

  @Test
  void aShardAwarePortThatRefusesIsLeftAlone() {
    connect(front -> front.shardPort(ShardPort.REFUSED));
    insert(KEYS);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    for (ScyllaFront front : fronts.all()) {
      assertThat(front.connections()).noneMatch(FrontConnection::atShardPort);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 2})
  void aNodeMayComeBackWithOtherShards(int shards) {
    connect(front -> front);
    ScyllaFront front = fronts.get(0);
    Awaits.get(front.restart(shards));
    awaitShards();
    assertThat(node(front).sharding()).isEqualTo(new Sharding(shards, 12));

    insert(KEYS);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertThat(front.counters().hits()).hasSize(shards).allMatch(hits -> hits > 0);
    assertReadBack(KEYS);
  }

  @Test
  void withTlsAndCompressionThePortForTlsIsUsed() {
    TestCertificates authority = TestCertificates.create();
    String[] hosts = {cluster.node(0).announcedHost(), cluster.node(1).announcedHost()};
    fronts =
        new Fronts(
            cluster,
            front -> front.tls(TlsServers.of(authority.issue(CertificateRequest.server(hosts)))));
    CqlOptions options = fronts.options().setTls(TlsServers.trusting(authority));
    options.getProtocol().setCompression("lz4");
    open(options);

    insert(KEYS);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    for (ScyllaFront front : fronts.all()) {
      assertThat(front.connections())
          .anyMatch(FrontConnection::atShardPort)
          .allMatch(connection -> connection.compression() == Compression.LZ4);
    }
    assertReadBack(KEYS);
  }

  /** What ScyllaDB has not, and the driver is to do without. */
  @Test
  void theTablesOfNewerCassandraAreNotThere() {
    connect(front -> front);
    assertThat(
            Awaits.failure(
                InvalidQuery.class, session.execute("SELECT host_id FROM system.peers_v2")))
        .isInstanceOf(ServerException.class);
    assertThat(session.topology().nodes())
        .hasSize(2)
        .allMatch(node -> node.hostId() != null && node.releaseVersion().equals("3.0.8"));
    assertThat(Awaits.get(session.schema()).keyspace(ONE_REPLICA).table("t").partitionKey())
        .hasSize(2);
  }

  private void connect(UnaryOperator<ScyllaFrontBuilder> settings) {
    fronts = new Fronts(cluster, settings);
    open(fronts.options());
  }

  private void open(CqlOptions options) {
    session = Awaits.get(CqlSession.connect(vertx, options));
    Awaits.until("the ring is known", PATIENCE, () -> session.tokenMap() != null);
    awaitShards();
  }

  /** One of the connections is that of the control: only requests show who serves them. */
  private void awaitShards() {
    Awaits.until(
        "each shard has its connection, and no other is left",
        PATIENCE,
        () -> {
          fronts.resetCounters();
          Awaits.outcome(Future.join(executions(prepareInsert(ONE_REPLICA, ""), 100)));
          return fronts.areServedShardByShard() && fronts.hits() == 100 && fronts.misses() == 0;
        });
    Awaits.until(
        "the shards are told",
        PATIENCE,
        () ->
            fronts.all().stream().allMatch(front -> shards(front).equals(node(front).sharding())));
    fronts.resetCounters();
  }

  private void insert(int keys) {
    execute(prepareInsert(ONE_REPLICA, ""), keys);
  }

  private PreparedStatement prepareInsert(String keyspace, String condition) {
    return Awaits.get(
        session.prepare("INSERT INTO " + keyspace + ".t (a, b, v) VALUES (?, ?, ?)" + condition));
  }

  private List<RowSet> execute(PreparedStatement insert, int keys) {
    return Awaits.get(Future.all(executions(insert, keys))).list();
  }

  private List<Future<RowSet>> executions(PreparedStatement insert, int keys) {
    List<Future<RowSet>> all = new ArrayList<>();
    for (int k = 0; k < keys; k++) {
      all.add(session.execute(insert.bind(k, "b" + k, "v" + k)));
    }
    return all;
  }

  private void assertReadBack(int keys) {
    PreparedStatement select =
        Awaits.get(session.prepare("SELECT v FROM " + ONE_REPLICA + ".t WHERE a = ? AND b = ?"));
    List<Future<RowSet>> all = new ArrayList<>();
    for (int k = 0; k < keys; k++) {
      all.add(session.execute(select.bind(k, "b" + k)));
    }
    Awaits.get(Future.all(all));
    for (int k = 0; k < keys; k++) {
      Row row = all.get(k).result().first();
      assertThat(row).as("the row of key %s", k).isNotNull();
      assertThat(row.getString("v")).isEqualTo("v" + k);
    }
  }

  private int strays() {
    return fronts.all().stream().map(ScyllaFront::counters).mapToInt(FrontCounters::strays).sum();
  }

  private static Sharding shards(ScyllaFront front) {
    return new Sharding(front.counters().hits().size(), 12);
  }

  private Node node(ScyllaFront front) {
    return session.topology().nodes().stream()
        .filter(node -> front.hostId().equals(node.hostId()))
        .findFirst()
        .orElseThrow();
  }
}
