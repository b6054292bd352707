package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.Batches;
import cqloop.BoundStatement;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PolicyOptions;
import cqloop.PreparedStatement;
import cqloop.Statement;
import cqloop.metadata.Node;
import cqloop.metadata.Sharding;
import cqloop.metadata.Token;
import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.fake.Conditions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Request;
import cqloop.testkit.fake.WireType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Connections and requests by shard, with scripted nodes that speak like ScyllaDB: at the usual
 * port they choose the shard of a connection, at a second one its local port does. Scenario B12.
 */
class ShardsIT {

  private static final int SHARDS = 4;
  private static final int KEYS = 200;
  private static final String INSERT = "INSERT INTO ks.t (k, v) VALUES (?, ?)";

  /** The pool of the only loop, and the control connection. */
  private static final int CONNECTIONS = SHARDS + 1;

  private final Fakes fakes = new Fakes();

  /** The shard of every connection there was, by its number. */
  private final Map<Integer, Integer> shards = new ConcurrentHashMap<>();

  /** The ports of the nodes at which they were made. */
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

  private Vertx vertx;
  private CqlSession session;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  }

  @AfterEach
  void stop() {
    Awaits.get(session.close());
    Awaits.get(vertx.close());
    fakes.close();
  }

  @Test
  void everyRequestArrivesAtTheShardOfItsKey() {
    FakeNode node = node(new FakeNodeOptions().setShards(SHARDS));
    connect(node, Fakes.options(node));
    awaitEveryShard(node);

    assertThat(onlyNode().sharding()).isEqualTo(new Sharding(SHARDS, 12));
    assertThat(misses(node)).isZero();
    assertThat(node.connections()).hasSize(CONNECTIONS);
  }

  @Test
  void theUsualPortWillDoWhereTheOtherIsSwitchedOff() {
    FakeNode node = node(new FakeNodeOptions().setShards(SHARDS));
    CqlOptions options = Fakes.options(node);
    options.getPool().setShardAwarePort(false);
    connect(node, options);
    awaitEveryShard(node);
    assertThat(misses(node)).isZero();
  }

  @Test
  void theUsualPortWillDoWhereTheOtherCannotBeReached() {
    FakeNode node =
        node(
            new FakeNodeOptions()
                .setShards(SHARDS)
                // Nobody listens there.
                .addSupported("SCYLLA_SHARD_AWARE_PORT", "1"));
    connect(node, Fakes.options(node));
    awaitEveryShard(node);
    assertThat(misses(node)).isZero();
  }

  /** Address translation on the way gives every connection another local port. */
  @Test
  void connectionsServeTheShardTheyHaveNotTheOneThatWasAskedFor() {
    Map<String, List<String>> lies = new HashMap<>();
    FakeNode node = node(new FakeNodeOptions().setShards(SHARDS));
    // The port that is said to be the shard-aware one is the usual one: the node chooses there.
    node.when(Conditions.opcode(Opcode.OPTIONS))
        .answer(
            request -> {
              lies.putAll(supported(shards.get(request.origin().connection()), SHARDS));
              lies.put("SCYLLA_SHARD_AWARE_PORT", List.of(String.valueOf(node.port())));
              return Replies.supported(lies);
            });
    connect(node, Fakes.options(node));
    awaitEveryShard(node);
    assertThat(misses(node)).isZero();
  }

  @Test
  void aNodeThatGivesOneShardOnlyIsNotFloodedWithConnections() {
    FakeNode node = node(new FakeNodeOptions().setShards(SHARDS).addSupported("SCYLLA_SHARD", "0"));
    CqlOptions options = Fakes.options(node);
    options
        .getConnection()
        .setReconnection(
            new PolicyOptions("constant").setConfig(new JsonObject().put("delay", 600_000)));
    connect(node, options);
    Awaits.until(
        "the surplus is closed",
        Duration.ofSeconds(20),
        () -> shards.size() > CONNECTIONS && node.connections().size() == 2);
    assertThat(shards.size()).as("connections in all").isLessThanOrEqualTo(2 + 10 + 1);
    assertThat(insertAll(node)).hasSize(KEYS);
  }

  @Test
  void withTlsThePortForTlsIsUsed() {
    TestCertificates authority = TestCertificates.create();
    NetServerOptions tls = TlsServers.of(authority.issue(CertificateRequest.server("127.0.0.1")));
    FakeNode node = node(new FakeNodeOptions().setShards(SHARDS).setServerOptions(tls));
    connect(node, TlsServers.options(Fakes.endpoint(node), TlsServers.trusting(authority)));
    awaitEveryShard(node);
    assertThat(misses(node)).isZero();
    assertThat(ports).contains(node.shardAwarePort());
  }

  /** A port for plain text is not an alternative, whatever the node says. */
  @Test
  void withTlsThePortForPlainTextIsNot() {
    TestCertificates authority = TestCertificates.create();
    FakeNode bait = fakes.start();
    NetServerOptions tls = TlsServers.of(authority.issue(CertificateRequest.server("127.0.0.1")));
    FakeNode node =
        node(
            new FakeNodeOptions()
                .setShards(SHARDS)
                .setServerOptions(tls)
                .addSupported("SCYLLA_SHARD_AWARE_PORT", String.valueOf(bait.port()))
                .addSupported("SCYLLA_SHARD_AWARE_PORT_SSL", "0"));
    connect(node, TlsServers.options(Fakes.endpoint(node), TlsServers.trusting(authority)));
    awaitEveryShard(node);
    assertThat(misses(node)).isZero();
    assertThat(bait.counters().totalConnections()).isZero();
  }

  @Test
  void aNodeThatComesBackWithMoreShardsGetsMoreConnections() {
    FakeNode node = node(new FakeNodeOptions().setShards(SHARDS));
    connect(node, Fakes.options(node));
    awaitEveryShard(node);
    int more = 2 * SHARDS;
    int before = shards.size();
    node.when(Conditions.opcode(Opcode.OPTIONS))
        .answer(
            request -> {
              int number = request.origin().connection();
              shards.put(number, number % more);
              Map<String, List<String>> supported = supported(number % more, more);
              supported.put("SCYLLA_SHARD_AWARE_PORT", List.of("0"));
              return Replies.supported(supported);
            });
    Awaits.get(node.resetConnections());
    Awaits.until(
        "the new shards are known",
        Duration.ofSeconds(20),
        () -> new Sharding(more, 12).equals(onlyNode().sharding()));
    Awaits.until(
        "each of them has its connection",
        Duration.ofSeconds(20),
        () -> shards.size() - before >= more && missesOr(node, KEYS) == 0);
  }

  @Test
  void batchesAreSplitByShard() {
    FakeNode node = node(new FakeNodeOptions().setShards(SHARDS));
    connect(node, Fakes.options(node));
    awaitEveryShard(node);
    PreparedStatement insert = Awaits.get(session.prepare(INSERT));
    List<BoundStatement> all = new ArrayList<>();
    for (int k = 0; k < 100; k++) {
      all.add(insert.bind(k, "v"));
    }
    List<BatchStatement> batches = Batches.split(session, all);

    assertThat(batches).hasSize(SHARDS);
    assertThat(batches.stream().mapToInt(batch -> batch.statements().size()).sum()).isEqualTo(100);
    for (BatchStatement batch : batches) {
      Set<Integer> found = new HashSet<>();
      for (Statement<?> statement : batch.statements()) {
        found.add(session.tokenMap().shard((BoundStatement) statement, onlyNode()));
      }
      assertThat(found).hasSize(1);
    }
  }

  private FakeNode node(FakeNodeOptions options) {
    FakeNode node = fakes.start(options.setInfo(info -> info.withTokens(List.of("0"))));
    node.onConnect(
        connection -> {
          shards.put(connection.number(), connection.shard());
          ports.add(connection.nodePort());
        });
    node.when(Conditions.cqlContains("FROM system_schema.keyspaces"))
        .answer(
            request ->
                Replies.rows()
                    .table("system_schema", "keyspaces")
                    .column("keyspace_name", WireType.TEXT)
                    .column("replication", WireType.map(WireType.TEXT, WireType.TEXT))
                    .row("ks", Map.of("class", "SimpleStrategy", "replication_factor", "1")));
    node.declare(
        INSERT,
        Replies.prepared()
            .table("ks", "t")
            .variable("k", WireType.INT)
            .variable("v", WireType.TEXT)
            .partitionKey(0));
    return node;
  }

  private void connect(FakeNode node, CqlOptions options) {
    options
        .getConnection()
        .setConnectTimeout(Duration.ofSeconds(20))
        .setHandshakeTimeout(Duration.ofSeconds(20));
    session = Awaits.get(CqlSession.connect(vertx, options));
    Awaits.until("the ring is known", Duration.ofSeconds(20), () -> session.tokenMap() != null);
  }

  private void awaitEveryShard(FakeNode node) {
    Awaits.until(
        "each shard has its connection, and no other is left",
        Duration.ofSeconds(20),
        () -> node.connections().size() == CONNECTIONS && shardsOfRequests(node).size() == SHARDS);
    Awaits.until(
        "the shards are told", Duration.ofSeconds(20), () -> onlyNode().sharding() != null);
  }

  private Set<Integer> shardsOfRequests(FakeNode node) {
    Set<Integer> found = new HashSet<>();
    insertAll(node).forEach(request -> found.add(shards.get(request.origin().connection())));
    return found;
  }

  private int missesOr(FakeNode node, int unknown) {
    try {
      return misses(node);
    } catch (RuntimeException notYet) {
      return unknown;
    }
  }

  /** How many of all keys arrived at another shard than theirs. */
  private int misses(FakeNode node) {
    List<Request> requests = insertAll(node);
    assertThat(requests).hasSize(KEYS);
    Sharding sharding = onlyNode().sharding();
    int misses = 0;
    for (Request request : requests) {
      Token token = session.tokenMap().token(Buffer.buffer(request.values().get(0).bytes()));
      misses += sharding.shardOf(token).equals(shards.get(request.origin().connection())) ? 0 : 1;
    }
    return misses;
  }

  private List<Request> insertAll(FakeNode node) {
    PreparedStatement insert = Awaits.get(session.prepare(INSERT));
    node.clearRequests();
    List<Future<?>> all = new ArrayList<>();
    for (int k = 0; k < KEYS; k++) {
      all.add(session.execute(insert.bind(k, "v")));
    }
    Awaits.get(Future.all(all));
    return node.requests(Conditions.opcode(Opcode.EXECUTE));
  }

  private Node onlyNode() {
    return session.topology().nodes().get(0);
  }

  private static Map<String, List<String>> supported(int shard, int shards) {
    Map<String, List<String>> all = new HashMap<>();
    all.put("CQL_VERSION", List.of("3.3.1"));
    all.put("COMPRESSION", List.of("lz4"));
    all.put("SCYLLA_SHARD", List.of(String.valueOf(shard)));
    all.put("SCYLLA_NR_SHARDS", List.of(String.valueOf(shards)));
    all.put("SCYLLA_SHARDING_IGNORE_MSB", List.of("12"));
    all.put("SCYLLA_SHARDING_ALGORITHM", List.of("biased-token-round-robin"));
    all.put("SCYLLA_PARTITIONER", List.of("org.apache.cassandra.dht.Murmur3Partitioner"));
    return all;
  }
}
