package cqloop.testkit.scylla;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.testkit.CassandraNode;
import cqloop.testkit.fake.Compression;
import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.WireClient;
import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireVersion;
import cqloop.testkit.fake.WireWriter;
import cqloop.testkit.junit.CassandraTest;
import cqloop.testkit.junit.TestKeyspace;
import cqloop.testkit.process.AddressBlock;
import cqloop.testkit.scylla.Tablet.Replica;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A front before a real node, frame by frame. */
@CassandraTest(lines = "5.0")
class ScyllaFrontWireIT {
  private static final String LWT = "SCYLLA_LWT_ADD_METADATA_MARK";
  private static final String LWT_VALUE = "LWT_OPTIMIZATION_META_BIT_MASK=2147483648";
  private static final String LIMIT = "SCYLLA_RATE_LIMIT_ERROR";
  private static final String LIMIT_VALUE = "ERROR_CODE=17185";
  private static final String TABLETS = "TABLETS_ROUTING_V1";

  private final List<WireClient> clients = new ArrayList<>();
  private Vertx vertx;
  private ScyllaFront front;
  private String table;

  @BeforeEach
  void start(CassandraNode node, @TestKeyspace String keyspace) throws Exception {
    table = keyspace + ".t";
    node.execute("CREATE TABLE IF NOT EXISTS " + table + " (k int PRIMARY KEY, v text)");
    vertx = Vertx.vertx();
    front =
        await(
            ScyllaFront.before(node)
                .at(AddressBlock.ofThisJvm().nextAddress())
                .shards(4)
                .lwtMark()
                .metadataIds()
                .start(vertx));
  }

  @AfterEach
  void stop() throws Exception {
    for (WireClient client : clients) {
      client.close();
    }
    await(front.close());
    await(vertx.close());
  }

  @Test
  void version5IsRefusedInTheHeaderOfVersion4() throws Exception {
    WireClient client = client(front.address(), WireVersion.V5);
    client.send(Opcode.OPTIONS, 7);
    Frame answer = client.receive();
    assertThat(answer.versionByte()).isEqualTo(0x84);
    assertThat(answer.streamId()).isEqualTo(7);
    assertThat(new WireReader(answer.body()).readInt()).isEqualTo(Errors.PROTOCOL_ERROR);
  }

  @Test
  void theUsualPortGivesTheShardWithTheFewestConnections() throws Exception {
    Set<String> shards = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      Map<String, List<String>> said = supported(client(front.address(), WireVersion.V4));
      shards.addAll(said.get("SCYLLA_SHARD"));
      assertThat(said)
          .containsEntry("SCYLLA_NR_SHARDS", List.of("4"))
          .containsEntry("SCYLLA_SHARDING_IGNORE_MSB", List.of("12"))
          .containsEntry("SCYLLA_SHARDING_ALGORITHM", List.of("biased-token-round-robin"))
          .containsEntry("SCYLLA_SHARD_AWARE_PORT", List.of("19042"))
          .containsEntry(LWT, List.of(LWT_VALUE))
          .containsEntry(LIMIT, List.of(LIMIT_VALUE))
          .containsEntry(TABLETS, List.of(""))
          .containsEntry("PROTOCOL_VERSIONS", List.of("3/v3", "4/v4"));
    }
    assertThat(shards).containsExactlyInAnyOrder("0", "1", "2", "3");
  }

  @Test
  void atTheShardAwarePortTheLocalPortDecides() throws Exception {
    InetSocketAddress port =
        new InetSocketAddress(front.address().getAddress(), front.shardAwarePort());
    for (int i = 0; i < 3; i++) {
      WireClient client = client(port, WireVersion.V4);
      int expected = client.socket().getLocalPort() % 4;
      assertThat(supported(client)).containsEntry("SCYLLA_SHARD", List.of("" + expected));
    }
    await(front.setShardPort(ShardPort.TRANSLATED));
    WireClient client = client(port, WireVersion.V4);
    int expected = (client.socket().getLocalPort() + 1) % 4;
    assertThat(supported(client)).containsEntry("SCYLLA_SHARD", List.of("" + expected));
    assertThat(front.connections()).hasSize(1).allMatch(FrontConnection::atShardPort);
  }

  @Test
  void theSystemTablesAreThoseOfScylla() throws Exception {
    WireClient client = ready();
    assertThat(code(query(client, "SELECT * FROM system.peers_v2"))).isEqualTo(Errors.INVALID);
    Frame local = query(client, "SELECT * FROM system.local USING TIMEOUT 2000ms");
    assertThat(local.opcode()).isEqualTo(Opcode.RESULT);
    assertThat(new String(local.body(), ISO_8859_1)).contains("\0\0\0\0053.0.8");
    assertThat(code(query(client, "SELECT * FROM system_virtual_schema.keyspaces")))
        .isEqualTo(Errors.INVALID);

    await(front.setTablets("ks", "t", evenTablets(front.hostId())));
    Frame keyspaces = query(client, "SELECT * FROM system_schema.scylla_keyspaces");
    assertThat(new String(keyspaces.body(), ISO_8859_1))
        .contains("keyspace_name", "initial_tablets", "\0\0\0\2ks\0\0\0\4\0\0\0\10");
  }

  @Test
  void executionsAreCountedByShard() throws Exception {
    WireClient client = ready();
    byte[] id = prepare(client, "INSERT INTO " + table + " (k, v) VALUES (?, 'a')");
    for (int k = 0; k < 40; k++) {
      assertThat(execute(client, id, k).opcode()).isEqualTo(Opcode.RESULT);
    }
    FrontCounters counters = front.counters();
    // The only connection is one to shard 0.
    assertThat(counters.totalHits()).isEqualTo(counters.hits().get(0)).isBetween(1, 39);
    assertThat(counters.totalMisses()).isEqualTo(40 - counters.totalHits());
    assertThat(counters.strays()).isZero();
    assertThat(counters.unknown()).isZero();
  }

  @Test
  void transactionsAreMarkedForThoseWhoAsk() throws Exception {
    String cql = "INSERT INTO " + table + " (k) VALUES (?)";
    WireClient asking = ready(LWT, LWT_VALUE);
    assertThat(variableFlags(asking, cql + " IF NOT EXISTS")).isEqualTo(0x80000001);
    assertThat(variableFlags(asking, cql)).isEqualTo(1);
    assertThat(variableFlags(ready(), cql + " IF NOT EXISTS")).isEqualTo(1);
  }

  /** Without the extension the same statement is prepared and executed as v4 says. */
  @Test
  void columnsHaveAnIdForThoseWhoAsk(CassandraNode node) throws Exception {
    String cql = "SELECT k, v FROM " + table + " WHERE k = ?";
    WireClient asking = ready("SCYLLA_USE_METADATA_ID", "");
    WireReader prepared = new WireReader(prepared(asking, cql).body());
    prepared.readInt();
    byte[] id = prepared.readShortBytes();
    byte[] columns = prepared.readShortBytes();
    assertThat(columns).hasSize(16);
    node.execute("INSERT INTO " + table + " (k, v) VALUES (1, 'a')");

    WireReader known = new WireReader(executeSkipping(asking, id, columns));
    assertThat(known.readInt()).as("rows").isEqualTo(2);
    assertThat(known.readInt()).as("no metadata").isEqualTo(4);
    assertThat(known.readInt()).as("columns").isEqualTo(2);
    assertThat(known.readInt()).as("rows").isEqualTo(1);
    assertThat(known.readBytes()).containsExactly(0, 0, 0, 1);
    assertThat(known.readBytes()).containsExactly('a');
    known.expectEnd("the rows");

    WireReader others = new WireReader(executeSkipping(asking, id, new byte[] {1}));
    assertThat(others.readInt()).as("rows").isEqualTo(2);
    assertThat(others.readInt()).as("changed, for one table").isEqualTo(9);
    others.readInt();
    assertThat(others.readShortBytes()).isEqualTo(columns);

    assertThat(prepare(ready(), cql)).isEqualTo(id);
    assertThat(execute(ready(), id, 1).opcode()).isEqualTo(Opcode.RESULT);
  }

  @Test
  void theRateLimitHasACodeOfItsOwnForThoseWhoAsk() throws Exception {
    await(front.setRateLimit(arrival -> arrival.statement().isWrite()));
    WireClient asking = ready(LIMIT, LIMIT_VALUE);
    byte[] id = prepare(asking, "INSERT INTO " + table + " (k, v) VALUES (?, 'a')");
    WireReader error = new WireReader(execute(asking, id, 1).body());
    assertThat(error.readInt()).isEqualTo(17185);
    error.readString();
    assertThat(error.readByte()).as("write").isEqualTo(1);
    assertThat(error.readByte()).as("by the coordinator").isBetween(0, 1);
    error.expectEnd("the error");

    assertThat(code(execute(ready(), id, 1))).isEqualTo(Errors.CONFIG_ERROR);
    assertThat(front.counters().refusals()).isEqualTo(2);
  }

  @Test
  void tabletsAreToldAtTheWrongShardToThoseWhoAsk() throws Exception {
    String[] names = table.split("\\.", -1);
    byte[] id = prepare(ready(TABLETS, ""), "INSERT INTO " + table + " (k, v) VALUES (?, 'a')");
    WireClient asking = ready(TABLETS, "");
    int shard = front.connections().get(1).shard();

    List<Tablet> elsewhere = evenTablets(UUID.randomUUID());
    await(front.setTablets(names[0], names[1], elsewhere));
    Frame told = execute(asking, id, 1);
    assertThat(told.hasFlag(Frame.FLAG_PAYLOAD)).isTrue();
    byte[] payload = new WireReader(told.body()).readBytesMap().get("tablets-routing-v1");
    assertThat(elsewhere).extracting(Tablet::toPayload).contains(payload);
    assertThat(execute(ready(), id, 1).hasFlag(Frame.FLAG_PAYLOAD)).isFalse();
    assertThat(front.counters().strays()).isEqualTo(2);

    List<Replica> here = List.of(new Replica(front.hostId(), shard));
    await(front.setTablets(names[0], names[1], Tablet.even(List.of(here, here))));
    assertThat(execute(asking, id, 1).hasFlag(Frame.FLAG_PAYLOAD)).isFalse();
    assertThat(front.counters().payloads()).isEqualTo(1);
    assertThat(front.counters().totalHits()).isEqualTo(1);
  }

  @Test
  void bodiesAreCompressedAsAgreed() throws Exception {
    for (Compression compression : Compression.values()) {
      WireClient client = ready("COMPRESSION", compression.wireName());
      byte[] body = compression.compressBody(client.queryBody("SELECT key FROM system.local"));
      client.send(new Frame(0x04, Frame.FLAG_COMPRESSED, 5, Opcode.QUERY.code(), body));
      Frame answer = client.receive();
      assertThat(answer.opcode()).isEqualTo(Opcode.RESULT);
      assertThat(answer.hasFlag(Frame.FLAG_COMPRESSED)).isTrue();
      byte[] plain = compression.decompressBody(answer.body());
      assertThat(new String(plain, ISO_8859_1)).endsWith("\0\0\0\5local");
    }
    WireClient plain = ready();
    plain.send(new Frame(0x04, Frame.FLAG_COMPRESSED, 5, Opcode.QUERY.code(), new byte[9]));
    assertThat(code(plain.receive())).isEqualTo(Errors.PROTOCOL_ERROR);
  }

  @Test
  void aRestartEndsConnectionsAndMayChangeTheShards() throws Exception {
    WireClient before = ready();
    await(front.restart(3));
    assertThat(before.socket().getInputStream().read()).isEqualTo(-1);
    assertThat(supported(client(front.address(), WireVersion.V4)))
        .containsEntry("SCYLLA_NR_SHARDS", List.of("3"));
  }

  private static List<Tablet> evenTablets(UUID host) {
    List<List<Replica>> replicas = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      replicas.add(List.of(new Replica(host, i % 4)));
    }
    return Tablet.even(replicas);
  }

  private WireClient client(InetSocketAddress address, WireVersion version) throws IOException {
    WireClient client = new WireClient(address, version);
    clients.add(client);
    return client;
  }

  private WireClient ready(String... options) throws IOException {
    WireClient client = client(front.address(), WireVersion.V4);
    assertThat(client.startup(options).opcode()).isEqualTo(Opcode.READY);
    return client;
  }

  private static Map<String, List<String>> supported(WireClient client) throws IOException {
    client.send(Opcode.OPTIONS, 0);
    return new WireReader(client.receive().body()).readStringMultimap();
  }

  private static Frame query(WireClient client, String cql) throws IOException {
    client.query(1, cql);
    return client.receive();
  }

  private static Frame prepared(WireClient client, String cql) throws IOException {
    client.send(Opcode.PREPARE, 1, new WireWriter().writeLongString(cql).toBytes());
    Frame answer = client.receive();
    assertThat(answer.opcode()).isEqualTo(Opcode.RESULT);
    return answer;
  }

  private static byte[] prepare(WireClient client, String cql) throws IOException {
    WireReader in = new WireReader(prepared(client, cql).body());
    assertThat(in.readInt()).as("kind of the result").isEqualTo(4);
    return in.readShortBytes();
  }

  private static int variableFlags(WireClient client, String cql) throws IOException {
    WireReader in = new WireReader(prepared(client, cql).body());
    in.readInt();
    in.readShortBytes();
    return in.readInt();
  }

  private static Frame execute(WireClient client, byte[] id, int key) throws IOException {
    WireWriter body = new WireWriter().writeShortBytes(id).writeShort(1).writeByte(1);
    client.send(Opcode.EXECUTE, 1, body.writeShort(1).writeInt(4).writeInt(key).toBytes());
    return client.receive();
  }

  private static byte[] executeSkipping(WireClient client, byte[] id, byte[] columns)
      throws IOException {
    WireWriter body = new WireWriter().writeShortBytes(id).writeShortBytes(columns).writeShort(1);
    body.writeByte(0x01 | 0x02).writeShort(1).writeInt(4).writeInt(1);
    client.send(Opcode.EXECUTE, 1, body.toBytes());
    Frame answer = client.receive();
    assertThat(answer.opcode()).isEqualTo(Opcode.RESULT);
    return answer.body();
  }

  private static int code(Frame answer) {
    assertThat(answer.opcode()).isEqualTo(Opcode.ERROR);
    return new WireReader(answer.body()).readInt();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
