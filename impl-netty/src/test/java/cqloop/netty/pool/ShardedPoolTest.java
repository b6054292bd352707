package cqloop.netty.pool;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.RowSet;
import cqloop.metadata.Sharding;
import cqloop.metadata.Topology;
import cqloop.netty.conn.Connection;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.Scripts;
import cqloop.netty.sim.SimClient;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimNetwork;
import cqloop.netty.sim.SimRequest;
import cqloop.netty.sim.SimServerConnection;
import cqloop.netty.sim.SimWorld;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pool of a node with shards, by the clock of a simulation. Scenario B12. */
class ShardedPoolTest {

  private static final int SHARD_AWARE_PORT = 19042;

  private final SimCluster cluster = new SimCluster(1);
  private final SimClient client = cluster.client();
  private final Map<SimServerConnection, Integer> given = new HashMap<>();

  private int shards = 4;
  private int shardAwarePort;

  /** Tells the shard of a connection by how many there were before. */
  private IntUnaryOperator chosenByServer = before -> before % shards;

  @BeforeEach
  void speakLikeScylla() {
    cluster
        .server(0)
        .setScript(
            (connection, request) -> {
              if (request.opcode() == Opcode.OPTIONS) {
                tellShard(connection, request);
              } else {
                Scripts.answerAtOnce(connection, request);
              }
            });
  }

  @AfterEach
  void nothingIsLeft() {
    cluster.closeAndCheck();
  }

  private void tellShard(SimServerConnection connection, SimRequest request) {
    Integer known = given.get(connection);
    int shard = known == null ? chosenByServer.applyAsInt(given.size()) : known;
    given.put(connection, shard);
    Map<String, List<String>> supported = new HashMap<>();
    supported.put("CQL_VERSION", List.of("3.3.1"));
    supported.put("SCYLLA_SHARD", List.of(String.valueOf(shard)));
    supported.put("SCYLLA_NR_SHARDS", List.of(String.valueOf(shards)));
    supported.put("SCYLLA_SHARDING_IGNORE_MSB", List.of("12"));
    supported.put("SCYLLA_SHARDING_ALGORITHM", List.of("biased-token-round-robin"));
    supported.put("SCYLLA_PARTITIONER", List.of("org.apache.cassandra.dht.Murmur3Partitioner"));
    supported.put("SCYLLA_SHARD_AWARE_PORT", List.of(String.valueOf(shardAwarePort)));
    connection.answer(request, Replies.supported(supported));
  }

  @Test
  void opensConnectionsUntilEachShardHasOneAndClosesTheRest() {
    chosenByServer = before -> before / 3 % shards;
    cluster.start();
    cluster.soon();
    assertThat(shardsOfPool()).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(given).hasSize(10);
    assertThat(openAtServer()).hasSize(4);
  }

  @Test
  void opensSoManyForEachShardThatTheyAreAsManyAsAskedFor() {
    client.connectionsPerNode = 6;
    cluster.start();
    cluster.soon();
    assertThat(shardsOfPool()).containsExactlyInAnyOrder(0, 0, 1, 1, 2, 2, 3, 3);
  }

  @Test
  void keepsOneForEachShardWhenItIsToHaveFewer() {
    client.connectionsPerNode = 8;
    cluster.start();
    cluster.soon();
    NodePool pool = client.engine().pool(client.shared().topology().nodes().get(0));
    cluster.loop().run(() -> pool.resize(1));
    cluster.soon();
    assertThat(shardsOfPool()).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(openAtServer()).hasSize(4);

    cluster.loop().run(() -> pool.resize(5));
    cluster.soon();
    assertThat(shardsOfPool()).containsExactlyInAnyOrder(0, 0, 1, 1, 2, 2, 3, 3);
  }

  @Test
  void replacesALostConnectionByOneToTheSameShard() {
    cluster.start();
    cluster.world().advance(SimWorld.seconds(2));
    SimServerConnection lost =
        openAtServer().stream().filter(open -> given.get(open) == 2).findFirst().orElseThrow();
    lost.link().resetByServer();
    cluster.world().advance(SimWorld.seconds(1));
    assertThat(shardsOfPool()).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(openAtServer()).hasSize(4);
  }

  @Test
  void aNodeThatComesBackWithFewerShardsGetsFewerConnections() {
    cluster.start();
    cluster.world().advance(SimWorld.seconds(2));
    shards = 2;
    given.clear();
    cluster.server(0).hangUp(() -> true);
    cluster.world().advance(SimWorld.seconds(5));
    assertThat(shardsOfPool()).containsExactlyInAnyOrder(0, 1);
    assertThat(client.engine().pool(client.shared().topology().nodes().get(0)).sharding())
        .isEqualTo(new Sharding(2, 12));
  }

  @Test
  void aNodeThatComesBackWithoutShardsGetsOneConnection() {
    cluster.start();
    cluster.world().advance(SimWorld.seconds(2));
    cluster.server(0).setScript(Scripts::answerAtOnce);
    cluster.server(0).hangUp(() -> true);
    cluster.world().advance(SimWorld.seconds(5));
    assertThat(client.engine().connections()).hasSize(1);
    assertThat(client.engine().connections().get(0).features().shardInfo()).isNull();
  }

  /** Nobody listens at the port: it is tried once, and again after five minutes. */
  @Test
  void theShardAwarePortIsLeftAloneForFiveMinutesWhenItCannotBeReached() {
    shardAwarePort = SHARD_AWARE_PORT;
    cluster.start();
    cluster.world().advance(SimWorld.seconds(2));
    assertThat(shardsOfPool()).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(triesAtShardAwarePort()).isEqualTo(1);

    openAtServer().get(0).link().resetByServer();
    cluster.world().advance(SimWorld.seconds(60));
    assertThat(triesAtShardAwarePort()).isEqualTo(1);

    cluster.world().advance(SimWorld.seconds(300));
    openAtServer().get(0).link().resetByServer();
    cluster.world().advance(SimWorld.seconds(60));
    assertThat(triesAtShardAwarePort()).isEqualTo(2);
    assertThat(shardsOfPool()).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void theShardAwarePortIsTheOneThatWasToldLast() {
    cluster.start();
    cluster.world().advance(SimWorld.seconds(2));
    shardAwarePort = SHARD_AWARE_PORT;
    openAtServer().get(0).link().resetByServer();
    cluster.world().advance(SimWorld.seconds(2));
    assertThat(triesAtShardAwarePort()).isZero();

    openAtServer().get(0).link().resetByServer();
    cluster.world().advance(SimWorld.seconds(2));
    assertThat(triesAtShardAwarePort()).isEqualTo(1);
    assertThat(shardsOfPool()).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  /** The schedule of reconnection bounds how often a node that keeps its shards back is asked. */
  @Test
  void aNodeThatGivesOneShardOnlyIsAskedBySchedule() {
    chosenByServer = before -> 0;
    client.reconnection = () -> () -> 60_000;
    cluster.start();
    cluster.world().advance(SimWorld.seconds(30));
    assertThat(shardsOfPool()).containsExactly(0);
    assertThat(given).hasSize(1 + 10);
    assertThat(openAtServer()).hasSize(1);

    cluster.world().advance(SimWorld.seconds(60));
    assertThat(given).hasSize(1 + 2 * 10);
    Outcome<RowSet> outcome = client.execute("SELECT");
    cluster.soon();
    assertThat(outcome.value()).isNotNull();
  }

  /** What leads to the shard is open already: the node is not down, and no one waits. */
  @Test
  void oneThatWasSetAsideTakesTheTurnOfOneThatIsLost() {
    chosenByServer = before -> 0;
    client.start(1);
    for (int i = 0; i < 100 && openAtServer().size() < 3; i++) {
      cluster.world().advance(SimWorld.millis(1));
    }
    Connection own = client.engine().connections().get(0);
    assertThat(client.engine().connections()).hasSize(1);

    cluster.loop().run(() -> own.close("lost in a test"));
    assertThat(client.engine().connections()).hasSize(1).doesNotContain(own);
    assertThat(client.events()).containsExactly("up 10.0.0.1:9042");
    Outcome<RowSet> outcome = client.execute("SELECT");
    cluster.soon();
    assertThat(outcome.value()).isNotNull();
  }

  @Test
  void oneThatWasSetAsideDoesNotOutliveANodeThatLeaves() {
    chosenByServer = before -> 0;
    client.start(1);
    for (int i = 0; i < 100 && openAtServer().size() < 3; i++) {
      cluster.world().advance(SimWorld.millis(1));
    }
    cluster.loop().run(() -> client.engine().onTopology(new Topology(2, "sim", "", List.of())));
    cluster.soon();
    assertThat(openAtServer()).isEmpty();
  }

  @Test
  void closesWhatItHasSetAside() {
    chosenByServer = before -> 0;
    client.start(1);
    for (int i = 0; i < 100 && openAtServer().size() < 3; i++) {
      cluster.world().advance(SimWorld.millis(1));
    }
    assertThat(openAtServer()).hasSizeBetween(3, 9);
  }

  private List<Integer> shardsOfPool() {
    List<Integer> found = new ArrayList<>();
    for (Connection connection : client.engine().connections()) {
      found.add(connection.features().shardInfo().shard());
    }
    return found;
  }

  private List<SimServerConnection> openAtServer() {
    return cluster.server(0).connections().stream().filter(SimServerConnection::isOpen).toList();
  }

  private long triesAtShardAwarePort() {
    return cluster.network().connects().stream()
        .map(SimNetwork.Connect::address)
        .filter(address -> address.port() == SHARD_AWARE_PORT)
        .count();
  }
}
