package cqloop.netty.it;

import cqloop.metadata.Murmur3Token;
import cqloop.netty.cluster.Murmur3;
import cqloop.netty.cluster.TabletBytes;
import cqloop.testkit.fake.Conditions;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeConnection;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.PreparedReply;
import cqloop.testkit.fake.Replies;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.Request;
import cqloop.testkit.fake.RequestBody;
import cqloop.testkit.fake.WireType;
import cqloop.testkit.fake.WireVersion;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Any thread. Scripted nodes that speak like ScyllaDB, with a keyspace {@code ks} whose table
 * {@code t} has tablets: an answer to a request that came in at the wrong node or shard brings the
 * right tablet, on connections that asked for that.
 */
final class TabletNodes {

  static final int SHARDS = 2;
  static final String INSERT = "INSERT INTO ks.t (k, v) VALUES (?, ?)";
  static final String SELECT = "SELECT v FROM ks.t WHERE k = ?";
  static final String MARK = "SCYLLA_LWT_ADD_METADATA_MARK";
  static final String KEY = "tablets-routing-v1";

  /** Value. A tablet as the cluster has it; the shard of each host is in the same place. */
  record Placed(long first, long last, List<UUID> hosts, List<Integer> shards) {

    byte[] payload() {
      TabletBytes bytes = new TabletBytes(first, last);
      for (int i = 0; i < hosts.size(); i++) {
        bytes.on(hosts.get(i), shards.get(i));
      }
      return bytes.toBytes();
    }
  }

  private final FakeCluster cluster;
  private final Map<String, FakeConnection> connections = new ConcurrentHashMap<>();
  private final AtomicInteger hits = new AtomicInteger();
  private final AtomicInteger misses = new AtomicInteger();
  private volatile List<Placed> tablets = List.of();
  private volatile byte[] forged;

  private TabletNodes(FakeCluster cluster) {
    this.cluster = cluster;
    cluster.each(this::script);
  }

  /** Starts three nodes, the first two in one rack and the third in another. */
  static TabletNodes start(Vertx vertx, String firstAddress, boolean announced) {
    return new TabletNodes(
        Awaits.get(
            FakeCluster.start(
                vertx,
                new FakeClusterOptions()
                    .addDatacenter("dc1", 3, 2)
                    .setFirstAddress(firstAddress)
                    .setNodeOptions(options -> scylla(options, announced)))));
  }

  private static FakeNodeOptions scylla(FakeNodeOptions options, boolean announced) {
    options
        .setVersions(WireVersion.V3, WireVersion.V4)
        .setShards(SHARDS)
        .addSupported(MARK, "LWT_OPTIMIZATION_META_BIT_MASK=2147483648")
        .setInfo(info -> info.withReleaseVersion("3.0.8"));
    return announced ? options.addSupported("TABLETS_ROUTING_V1", "") : options;
  }

  /** Has a node behave so; those of the start do already. */
  void script(FakeNode node) {
    node.onConnect(connection -> connections.put(place(node, connection.number()), connection));
    node.when(Conditions.cqlContains("FROM system_schema.keyspaces"))
        .answer(
            request ->
                Replies.rows()
                    .table("system_schema", "keyspaces")
                    .column("keyspace_name", WireType.TEXT)
                    .column("replication", WireType.map(WireType.TEXT, WireType.TEXT))
                    .row("ks", Map.of("class", "SimpleStrategy", "replication_factor", "2"))
                    .row("old", Map.of("class", "SimpleStrategy", "replication_factor", "2")));
    declare(node, INSERT, "ks", false);
    declare(node, INSERT.replace("ks.", "old."), "old", false);
    declare(node, INSERT + " IF NOT EXISTS", "ks", true);
    node.declare(SELECT, select());
    node.when(Conditions.opcode(Opcode.EXECUTE)).answer(request -> answer(node, request));
    node.when(Conditions.opcode(Opcode.BATCH)).answer(request -> answer(node, request));
  }

  private static void declare(FakeNode node, String cql, String keyspace, boolean conditional) {
    node.declare(
        cql,
        Replies.prepared()
            .table(keyspace, "t")
            .variable("k", WireType.INT)
            .variable("v", WireType.TEXT)
            .extraVariableFlags(conditional ? Integer.MIN_VALUE : 0)
            .partitionKey(0));
  }

  private static PreparedReply select() {
    return Replies.prepared()
        .table("ks", "t")
        .variable("k", WireType.INT)
        .result("v", WireType.TEXT)
        .partitionKey(0);
  }

  /** Says that {@code ks} has tablets, as the table of ScyllaDB does. */
  void tellKeyspaces() {
    cluster.each(
        node ->
            node.when(Conditions.cqlContains("FROM system_schema.scylla_keyspaces"))
                .answer(
                    request ->
                        Replies.rows()
                            .table("system_schema", "scylla_keyspaces")
                            .column("keyspace_name", WireType.TEXT)
                            .column("initial_tablets", WireType.INT)
                            .row("ks", 0)
                            .row("old", null)));
  }

  /** Divides the tokens among so many tablets of two replicas, not as the ring would. */
  void place(int count) {
    List<Placed> placed = new ArrayList<>();
    long width = (Long.MAX_VALUE / count) * 2;
    for (int i = 0; i < count; i++) {
      long first = Long.MIN_VALUE + i * width;
      long last = i == count - 1 ? Long.MAX_VALUE : first + width;
      UUID one = host((i * 7 + 2) % 3);
      UUID other = host((i * 7 + 2 + 1 + i % 2) % 3);
      placed.add(new Placed(first, last, List.of(one, other), List.of(i % 2, (i + i / 2) % 2)));
    }
    tablets = List.copyOf(placed);
  }

  void place(List<Placed> newer) {
    tablets = newer;
  }

  /** Has every answer bring this instead of a tablet. */
  void forge(byte[] payload) {
    forged = payload;
  }

  UUID host(int number) {
    return cluster.node(number).info().hostId();
  }

  FakeCluster cluster() {
    return cluster;
  }

  /** Returns the tablet of a key. */
  Placed tablet(int key) {
    long token = token(key);
    for (Placed tablet : tablets) {
      if (tablet.first < token && token <= tablet.last) {
        return tablet;
      }
    }
    throw new AssertionError("no tablet has token " + token);
  }

  static long token(int key) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(key).array();
    return Murmur3.token(bytes, 0, bytes.length);
  }

  static Murmur3Token tokenOf(int key) {
    return new Murmur3Token(token(key));
  }

  /** Returns how many came in at a replica and its shard since this was asked last. */
  int takeHits() {
    return hits.getAndSet(0);
  }

  /** Returns how many came in elsewhere since this was asked last. */
  int takeMisses() {
    return misses.getAndSet(0);
  }

  private Reply answer(FakeNode node, Request request) {
    Reply plain =
        SELECT.equals(request.cql())
            ? Replies.rows().table("ks", "t").column("v", WireType.TEXT).row("x")
            : Replies.voidResult();
    if (forged != null) {
      return plain.withPayload(Map.of(KEY, forged));
    }
    byte[] key = key(request);
    String cql = request.cql();
    if (key == null || (cql != null && cql.contains("old."))) {
      return plain;
    }
    FakeConnection connection = connections.get(place(node, request.origin().connection()));
    Placed tablet = tablet(ByteBuffer.wrap(key).getInt());
    int place = tablet.hosts.indexOf(node.info().hostId());
    if (place >= 0 && tablet.shards.get(place).equals(connection.shard())) {
      hits.incrementAndGet();
      return plain;
    }
    misses.incrementAndGet();
    return connection.startupOptions().containsKey("TABLETS_ROUTING_V1")
        ? plain.withPayload(Map.of(KEY, tablet.payload()))
        : plain;
  }

  private static byte[] key(Request request) {
    if (request.opcode() == Opcode.EXECUTE) {
      return request.values().get(0).bytes();
    }
    RequestBody.BatchChild first = request.batch().get(0);
    return first.values().get(0).bytes();
  }

  private static String place(FakeNode node, int connection) {
    return node.address() + "#" + connection;
  }
}
