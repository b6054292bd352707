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
import cqloop.metadata.Murmur3Token;
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
import cqloop.testkit.scylla.Tablet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
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
 * request reaches the node and the shard of its key, by the ring or by tablets, whatever the
 * shard-aware port does. Scenarios B11 and B12.
 */
@CassandraClusterTest(
    layout = "dc1:r1,r1",
    lines = "5.0",
    queryRecorder = false,
    behindFronts = true)
class ScyllaFrontIT {

  private static final int KEYS = 500;
  private static final int MANY_KEYS = 2_000;

  private static final String ONE_REPLICA = "one_replica";
  private static final String WITH_TABLETS = "with_tablets";
  private static final String TABLE = ONE_REPLICA + ".t";

  private CassandraCluster cluster;
  private String bothReplicas;
  private Vertx vertx;
  private Fronts fronts;
  private FrontedSession session;

  @BeforeEach
  void prepare(CassandraCluster cluster, @TestKeyspace String keyspace) {
    this.cluster = cluster;
    bothReplicas = keyspace;
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    for (String each : List.of(ONE_REPLICA, WITH_TABLETS)) {
      create(
          "KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 1}",
          each);
    }
    for (String each : List.of(ONE_REPLICA, WITH_TABLETS, keyspace)) {
      create("TABLE IF NOT EXISTS %s.t (a int, b text, v text, PRIMARY KEY ((a, b)))", each);
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

    session.insert(MANY_KEYS);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertThat(fronts.hits()).isEqualTo(MANY_KEYS);
    for (ScyllaFront front : fronts.all()) {
      assertThat(front.counters().hits()).allMatch(hits -> hits > MANY_KEYS / 20);
      assertThat(front.connections()).filteredOn(FrontConnection::atShardPort).isNotEmpty();
      assertThat(session.node(front).sharding()).isEqualTo(FrontedSession.sharding(front));
    }

    fronts.resetCounters();
    session.assertReadBack(MANY_KEYS);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertThat(fronts.hits()).isEqualTo(MANY_KEYS);
  }

  @Test
  void batchesAreSplitByNodeAndShard() {
    connect(front -> front);
    int batches = inBatches(session.prepareInsert(TABLE, ""));

    assertThat(batches).isBetween(7, 7 + KEYS / 50);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertThat(fronts.hits()).isEqualTo(KEYS);
  }

  /** By the mark in the answer to PREPARE: others are spread over the replicas. */
  @Test
  void lightweightTransactionsGoToTheFirstReplica() {
    connect(front -> front);
    session.insert(session.prepareInsert(bothReplicas + ".t", ""), KEYS);
    assertThat(strays()).isGreaterThan(KEYS / 20);
    assertThat(fronts.misses() - strays()).as("wrong shards").isZero();

    fronts.resetCounters();
    int transactions = 60;
    List<RowSet> rows =
        session.insert(session.prepareInsert(bothReplicas + ".t", " IF NOT EXISTS"), transactions);
    assertThat(rows).noneMatch(result -> result.first().getBoolean("[applied]"));
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertThat(fronts.hits()).isEqualTo(transactions);
  }

  @Test
  void theRateLimitIsAnErrorOfItsOwn() {
    connect(front -> front);
    PreparedStatement insert = session.prepareInsert(TABLE, "");
    fronts.all().forEach(front -> Awaits.get(front.setRateLimit(Fronts::isWriteOfOne)));

    RateLimitReached error =
        Awaits.failure(
            RateLimitReached.class, session.session().execute(insert.bind(1, "b1", "v")));
    assertThat(error.isWrite()).isTrue();
    assertThat(error.rejectedByCoordinator()).isTrue();

    session.insert(insert, 1);
    session.assertReadBack(1);
  }

  /** Address translation on the way gives every connection another local port. */
  @Test
  void aShardAwarePortThatLeadsElsewhereIsLeftAlone() {
    connect(front -> front.shardPort(ShardPort.TRANSLATED));
    session.insert(KEYS);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    session.assertReadBack(KEYS);
  }

  @Test
  void aShardAwarePortThatRefusesIsLeftAlone() {
    connect(front -> front.shardPort(ShardPort.REFUSED));
    session.insert(KEYS);
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
    session.awaitShards();
    assertThat(session.node(front).sharding()).isEqualTo(new Sharding(shards, 12));

    session.insert(KEYS);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertThat(front.counters().hits()).hasSize(shards).allMatch(hits -> hits > 0);
    session.assertReadBack(KEYS);
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
    session = new FrontedSession(vertx, fronts, TABLE, options);

    session.insert(KEYS);
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    for (ScyllaFront front : fronts.all()) {
      assertThat(front.connections())
          .anyMatch(FrontConnection::atShardPort)
          .allMatch(connection -> connection.compression() == Compression.LZ4);
    }
    session.assertReadBack(KEYS);
  }

  /** With made-up replicas: where the ring has the keys is of no account. */
  @Test
  void tabletsAreLearntFromWritesAndThenNothingMisses() {
    fronts = new Fronts(cluster, front -> front);
    List<Tablet> tablets = fronts.setTablets(WITH_TABLETS, "t", 8, 0);
    session = new FrontedSession(vertx, fronts, TABLE, fronts.options());
    PreparedStatement insert = session.prepareInsert(WITH_TABLETS + ".t", "");
    session.learnTablets(insert, KEYS);
    assertKnown(tablets);

    session.insert(insert, KEYS);
    assertNoMisses(KEYS);
    session.assertReadBack(WITH_TABLETS + ".t", KEYS);
    assertNoMisses(2 * KEYS);

    fronts.resetCounters();
    int batches = inBatches(insert);
    assertThat(batches).isGreaterThan(1);
    assertNoMisses(KEYS);
  }

  @Test
  void tabletsMayMoveBeSplitAndMerged() {
    fronts = new Fronts(cluster, front -> front);
    fronts.setTablets(WITH_TABLETS, "t", 8, 0);
    session = new FrontedSession(vertx, fronts, TABLE, fronts.options());
    PreparedStatement insert = session.prepareInsert(WITH_TABLETS + ".t", "");
    int shift = 1;
    for (int count : new int[] {8, 32, 4}) {
      List<Tablet> tablets = fronts.setTablets(WITH_TABLETS, "t", count, shift++);
      session.learnTablets(insert, KEYS);
      assertKnown(tablets);
      session.insert(insert, KEYS);
      assertNoMisses(KEYS);
    }
    session.assertReadBack(WITH_TABLETS + ".t", KEYS);
  }

  @Test
  void everyReplicaOfATabletHasAShardOfItsOwn() {
    fronts = new Fronts(cluster, front -> front);
    fronts.setTabletsOnBoth(bothReplicas, "t", 16);
    session = new FrontedSession(vertx, fronts, TABLE, fronts.options());
    PreparedStatement insert = session.prepareInsert(bothReplicas + ".t", "");
    session.learnTablets(insert, KEYS);
    session.insert(insert, KEYS);
    assertNoMisses(KEYS);
    assertThat(fronts.all()).allMatch(front -> front.counters().totalHits() > KEYS / 20);

    fronts.resetCounters();
    session.insert(session.prepareInsert(bothReplicas + ".t", " IF NOT EXISTS"), 60);
    assertNoMisses(60);
    assertThat(fronts.get(1).counters().totalHits()).as("at the first replica").isEqualTo(60);
  }

  /** What is known names shards that are no more. */
  @Test
  void aNodeMayComeBackWithFewerShardsThanItsTabletsHad() {
    fronts = new Fronts(cluster, front -> front);
    fronts.setTablets(WITH_TABLETS, "t", 8, 0);
    session = new FrontedSession(vertx, fronts, TABLE, fronts.options());
    PreparedStatement insert = session.prepareInsert(WITH_TABLETS + ".t", "");
    session.learnTablets(insert, KEYS);

    Awaits.get(fronts.get(0).restart(1));
    session.awaitShards();
    List<Tablet> tablets = fronts.setTablets(WITH_TABLETS, "t", 8, 0);
    session.learnTablets(insert, KEYS);
    assertKnown(tablets);
    session.insert(insert, KEYS);
    assertNoMisses(KEYS);
  }

  /**
   * Where a node knows ids of result metadata, rows come without columns until those change; both
   * nodes know them, or only one, as in the middle of an upgrade.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void changedColumnsAreSeenWithIdsOfMetadata(boolean everywhere) {
    String table = ONE_REPLICA + (everywhere ? ".altered" : ".altered_on_one");
    create("TABLE %s (a int, b text, v text, PRIMARY KEY ((a, b)))", table);
    cluster.awaitAgreement();
    boolean[] knows = {true, everywhere};
    int[] made = {0};
    connect(front -> knows[made[0]++] ? front.metadataIds() : front);
    session.insert(session.prepareInsert(table, ""), KEYS);
    String cql = "SELECT * FROM " + table + " WHERE a = ? AND b = ?";
    PreparedStatement select = Awaits.get(session.session().prepare(cql));
    assertThat(read(session.session(), select)).allMatch(row -> row.columns().size() == 3);

    cluster.node(0).execute("ALTER TABLE " + table + " ADD a_new int");
    cluster.awaitAgreement();
    // So that nothing has to be prepared again, which would tell the columns too.
    CqlSession other = Awaits.get(CqlSession.connect(vertx, fronts.options()));
    read(other, Awaits.get(other.prepare(cql)));
    for (int round = 0; round < 2; round++) {
      assertThat(read(session.session(), select))
          .allMatch(row -> row.columns().size() == 4 && row.isNull("a_new"));
    }
  }

  private static List<Row> read(CqlSession session, PreparedStatement select) {
    return FrontedSession.read(session, select, KEYS);
  }

  /** What ScyllaDB has not, and the driver is to do without. */
  @Test
  void theTablesOfNewerCassandraAreNotThere() {
    connect(front -> front);
    assertThat(
            Awaits.failure(
                InvalidQuery.class,
                session.session().execute("SELECT host_id FROM system.peers_v2")))
        .isInstanceOf(ServerException.class);
    assertThat(session.session().topology().nodes())
        .hasSize(2)
        .allMatch(node -> node.hostId() != null && node.releaseVersion().equals("3.0.8"));
    assertThat(
            Awaits.get(session.session().schema()).keyspace(ONE_REPLICA).table("t").partitionKey())
        .hasSize(2);
  }

  private void create(String what, String name) {
    cluster.node(0).execute("CREATE " + what.formatted(name));
  }

  private void connect(UnaryOperator<ScyllaFrontBuilder> settings) {
    fronts = new Fronts(cluster, settings);
    session = new FrontedSession(vertx, fronts, TABLE, fronts.options());
  }

  /** Inserts in batches that are split by node and shard; returns their number. */
  private int inBatches(PreparedStatement insert) {
    List<BoundStatement> all = new ArrayList<>();
    for (int k = 0; k < KEYS; k++) {
      all.add(insert.bind(k, "b" + k, "batch"));
    }
    List<BatchStatement> batches = Batches.split(session.session(), all);
    List<Future<?>> done = new ArrayList<>();
    batches.forEach(batch -> done.add(session.session().execute(batch)));
    Awaits.get(Future.all(done));
    return batches.size();
  }

  private void assertNoMisses(int requests) {
    assertThat(fronts.misses()).as(fronts.toString()).isZero();
    assertThat(fronts.payloads()).isZero();
    assertThat(fronts.hits()).isEqualTo(requests);
  }

  private void assertKnown(List<Tablet> tablets) {
    for (Tablet tablet : tablets) {
      for (long token : new long[] {tablet.firstToken() + 1, tablet.lastToken()}) {
        assertThat(
                session.session().tokenMap().replicas(WITH_TABLETS, "t", new Murmur3Token(token)))
            .extracting(Node::hostId)
            .as("token %s", token)
            .containsExactly(tablet.replicas().get(0).hostId());
      }
    }
  }

  private int strays() {
    return fronts.all().stream().map(ScyllaFront::counters).mapToInt(FrontCounters::strays).sum();
  }
}
