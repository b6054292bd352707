package cqloop.netty.it;

import static cqloop.testkit.fake.Conditions.query;
import static cqloop.testkit.fake.Replies.rows;
import static org.assertj.core.api.Assertions.assertThat;

import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.testkit.fake.FakeCluster;
import cqloop.testkit.fake.FakeClusterOptions;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.WireType;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements that are not prepared, sent to the one replica of the key that the caller names. */
class KeyRoutingIT {

  private static final String ONE = "SELECT v FROM t WHERE k = ?";
  private static final String TWO = "SELECT v FROM t WHERE x = ? AND k = ? AND j = ?";

  /** What {@code SELECT token(k)} of Cassandra gives for these values of an int. */
  private static final Map<Integer, Long> TOKENS =
      Map.of(
          0, -3485513579396041028L,
          1, -4069959284402364209L,
          2, -3248873570005575792L,
          3, 9010454139840013625L,
          4, -2729420104000364805L,
          5, -7509452495886106294L,
          6, 2705480034054113608L,
          7, 1634052884888577606L,
          9, 3728482343045213994L,
          10, -6715243485458697746L);

  private final FakeClusterSession client =
      new FakeClusterSession(1, new FakeClusterOptions().addDatacenter("dc1", 3, 3));
  private final FakeCluster cluster = client.cluster();
  private CqlSession session;

  @BeforeEach
  void connect() {
    cluster.each(
        node -> {
          node.when(query("SELECT keyspace_name, replication FROM system_schema.keyspaces"))
              .reply(
                  rows()
                      .table("system_schema", "keyspaces")
                      .column("keyspace_name", WireType.TEXT)
                      .column("replication", WireType.map(WireType.TEXT, WireType.TEXT))
                      .row("one", Map.of("class", "SimpleStrategy", "replication_factor", "1")));
          node.when(query(ONE)).reply(rows().column("v", WireType.INT).row(1));
          node.when(query(TWO)).reply(rows().column("v", WireType.INT).row(1));
        });
    CqlOptions options =
        Fakes.options(cluster.nodes().toArray(FakeNode[]::new))
            .setLocalDatacenter("dc1")
            .setKeyspace("one");
    session = client.connect(options);
    Awaits.until(
        "all nodes are connected",
        Duration.ofSeconds(10),
        () -> coordinators(SimpleStatement.of(ONE, 1)).size() == 3);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void keyIndicesLeadToTheReplica() {
    TOKENS.forEach(
        (key, token) -> {
          SimpleStatement statement = SimpleStatement.of(ONE, key).withKeyIndices(0);
          assertThat(coordinators(statement)).containsExactly(ownerOf(token));
        });
  }

  @Test
  void routingKeyLeadsToTheReplica() {
    TOKENS.forEach(
        (key, token) -> {
          SimpleStatement statement =
              SimpleStatement.of(ONE, -1).withRoutingKey(Buffer.buffer().appendInt(key));
          assertThat(coordinators(statement)).containsExactly(ownerOf(token));
        });
  }

  /** Each component: a short with its length, its bytes, and a zero. */
  @Test
  void severalIndicesAreOneKeyInTheirOrder() {
    Set<String> owners = new HashSet<>();
    for (int k = 0; k < 12; k++) {
      Buffer key =
          Buffer.buffer()
              .appendShort((short) 4)
              .appendInt(k)
              .appendByte((byte) 0)
              .appendShort((short) 3)
              .appendString("abc")
              .appendByte((byte) 0);
      Set<String> byKey = coordinators(SimpleStatement.of(ONE, -1).withRoutingKey(key));
      Set<String> byIndices =
          coordinators(SimpleStatement.of(TWO, "abc", true, k).withKeyIndices(2, 0));
      assertThat(byIndices).isEqualTo(byKey).hasSize(1);
      owners.addAll(byIndices);
    }
    assertThat(owners).as("twelve keys on three nodes").hasSizeGreaterThan(1);
  }

  /** Returns which nodes answer when the statement is executed often enough to reach all three. */
  private Set<String> coordinators(SimpleStatement statement) {
    Set<String> coordinators = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      RowSet rows = Awaits.get(session.execute(statement));
      coordinators.add(rows.executionInfo().coordinator().endpoint());
    }
    return coordinators;
  }

  /** The node with the lowest token that is not below this one; after the highest, the first. */
  private String ownerOf(long token) {
    FakeNode first = null;
    FakeNode owner = null;
    for (FakeNode node : cluster.nodes()) {
      long own = tokenOf(node);
      if (first == null || own < tokenOf(first)) {
        first = node;
      }
      if (own >= token && (owner == null || own < tokenOf(owner))) {
        owner = node;
      }
    }
    return Fakes.endpoint(owner == null ? first : owner);
  }

  private static long tokenOf(FakeNode node) {
    return Long.parseLong(node.info().tokens().iterator().next());
  }
}
