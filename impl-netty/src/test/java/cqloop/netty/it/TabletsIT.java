package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.Batches;
import cqloop.BoundStatement;
import cqloop.Consistency;
import cqloop.CqlOptions;
import cqloop.CqlSession;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.Statement;
import cqloop.metadata.Node;
import cqloop.metadata.TokenMap;
import cqloop.netty.cluster.TabletBytes;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Replies;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Requests by tablet, with scripted nodes that speak like ScyllaDB: three nodes of two shards, and
 * tablets that are not where the ring would have them. Scenario B11.
 */
class TabletsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int KEYS = 300;
  private static final int TABLETS = 8;

  private final Fakes fakes = new Fakes();
  private Vertx vertx;
  private TabletNodes nodes;
  private CqlSession session;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  }

  @AfterEach
  void stop() {
    Awaits.get(session.close());
    Awaits.get(vertx.close());
    Awaits.get(nodes.cluster().close());
    fakes.close();
  }

  @Test
  void writesTeachWhereEveryKeyIsAndThenNoRequestMisses() {
    open(true);
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT));
    learn(key -> insert.bind(key, "v"));
    assertNoMiss(key -> insert.bind(key, "v"));
  }

  @Test
  void readsTeachTheSame() {
    open(true);
    PreparedStatement select = Awaits.get(session.prepare(TabletNodes.SELECT));
    learn(select::bind);
    assertNoMiss(select::bind);
    // What one statement has taught serves the others of the table, and on every event loop.
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT));
    assertNoMiss(key -> insert.bind(key, "v"));
  }

  @Test
  void batchesTeachAndGoWhereTheirFirstStatementWithAKeyGoes() {
    open(true);
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT));
    IntFunction<Statement<?>> batch =
        key -> BatchStatement.unlogged(insert.bind(key, "v"), insert.bind(key + 1, "w"));
    learn(batch);
    assertNoMiss(batch);
  }

  @Test
  void followsTabletsThatMove() {
    open(true);
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT));
    learn(key -> insert.bind(key, "v"));
    nodes.place(2 * TABLETS + 1);
    learn(key -> insert.bind(key, "v"));
    assertNoMiss(key -> insert.bind(key, "v"));
    nodes.place(3);
    learn(key -> insert.bind(key, "v"));
    assertNoMiss(key -> insert.bind(key, "v"));
  }

  /** All clients meet at one replica: the first of the tablet in the local rack, then others. */
  @Test
  void conditionalWritesGoToTheFirstReplicaOfTheLocalRack() {
    open(true);
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT + " IF NOT EXISTS"));
    learn(key -> insert.bind(key, "v"));
    for (int key = 0; key < KEYS; key++) {
      UUID first = nodes.tablet(key).hosts().get(0);
      assertThat(coordinator(insert.bind(key, "v"))).as("key %s", key).isEqualTo(first);
      assertThat(coordinator(insert.bind(key, "v").withConsistency(Consistency.SERIAL)))
          .isEqualTo(first);
    }
  }

  @Test
  void withoutAKnownTabletTheRingIsNotAsked() {
    open(true);
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT));
    PreparedStatement old = Awaits.get(session.prepare(TabletNodes.INSERT.replace("ks.", "old.")));
    assertThat(session.replicas(insert.bind(1, "v"))).isEmpty();
    assertThat(session.replicas(old.bind(1, "v"))).hasSize(2);

    // Any node of the local data centre: a ring of two replicas would always leave out one.
    nodes.forge(new byte[0]);
    Set<UUID> coordinators = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      coordinators.add(coordinator(insert.bind(1, "v")));
    }
    assertThat(coordinators).hasSize(3);
  }

  /** Where the table of keyspaces cannot be read, the first answer tells. */
  @Test
  void anAnswerTellsThatAKeyspaceHasTablets() {
    open(false);
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT));
    BoundStatement one = insert.bind(1, "v");
    assertThat(session.replicas(one)).as("by the ring").hasSize(2);
    learn(key -> insert.bind(key, "v"));
    assertThat(hosts(session.replicas(one))).isEqualTo(nodes.tablet(1).hosts());
    assertNoMiss(key -> insert.bind(key, "v"));
  }

  @Test
  void theTokenMapAndBatchesGoByTablet() {
    open(true);
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT));
    assertThat(session.tokenMap().shard(insert.bind(1, "v"), node(0))).isNull();
    learn(key -> insert.bind(key, "v"));
    TokenMap map = session.tokenMap();
    List<BoundStatement> all = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      BoundStatement bound = insert.bind(key, "v");
      TabletNodes.Placed tablet = nodes.tablet(key);
      assertThat(hosts(session.replicas(bound))).isEqualTo(tablet.hosts());
      assertThat(hosts(map.replicas("ks", "t", TabletNodes.tokenOf(key))))
          .isEqualTo(tablet.hosts());
      assertThat(map.replicas("ks", TabletNodes.tokenOf(key))).isEmpty();
      for (int i = 0; i < 3; i++) {
        int at = tablet.hosts().indexOf(nodes.host(i));
        assertThat(map.shard(bound, node(i))).isEqualTo(at < 0 ? null : tablet.shards().get(at));
      }
      all.add(bound);
    }
    for (BatchStatement batch : Batches.split(session, all)) {
      Set<Map<UUID, Integer>> places = new HashSet<>();
      for (Statement<?> child : batch.statements()) {
        Map<UUID, Integer> place = new HashMap<>();
        for (Node node : session.replicas((BoundStatement) child)) {
          place.put(node.hostId(), map.shard((BoundStatement) child, node));
        }
        places.add(place);
      }
      assertThat(places).as("places of one batch").hasSize(1);
    }
  }

  @Test
  void whatIsDroppedIsForgotten() {
    open(true);
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT));
    BoundStatement one = insert.bind(1, "v");
    learn(key -> insert.bind(key, "v"));
    assertThat(session.replicas(one)).hasSize(2);
    Awaits.get(nodes.cluster().pushEvent(Replies.schemaEvent("DROPPED", "TABLE", "ks", "other")));
    Awaits.get(nodes.cluster().pushEvent(Replies.schemaEvent("DROPPED", "TABLE", "ks", "t")));
    Awaits.until("the table is forgotten", PATIENCE, () -> session.replicas(one).isEmpty());

    learn(key -> insert.bind(key, "v"));
    Awaits.get(nodes.cluster().pushEvent(Replies.schemaEvent("DROPPED", "KEYSPACE", "ks")));
    // The ring answers until the tables are read again, which still have the keyspace.
    Awaits.until(
        "the keyspace is forgotten",
        PATIENCE,
        () -> !hosts(session.replicas(one)).equals(nodes.tablet(1).hosts()));
    Awaits.until("and read again", PATIENCE, () -> session.replicas(one).isEmpty());
  }

  @Test
  void followsNodesThatLeaveAndJoin() {
    open(true);
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT));
    // The next address is the next node's: it is told of before it is known.
    UUID joining = UUID.nameUUIDFromBytes("127.0.78.4".getBytes(StandardCharsets.UTF_8));
    nodes.place(
        List.of(
            new TabletNodes.Placed(
                Long.MIN_VALUE, 0, List.of(nodes.host(2), nodes.host(0)), List.of(0, 1)),
            new TabletNodes.Placed(
                0, Long.MAX_VALUE, List.of(joining, nodes.host(1)), List.of(1, 0))));
    int low = keyBetween(Long.MIN_VALUE, 0);
    int high = keyBetween(0, Long.MAX_VALUE);
    Awaits.until(
        "both are told of",
        PATIENCE,
        () -> {
          Awaits.get(session.execute(insert.bind(low, "v")));
          Awaits.get(session.execute(insert.bind(high, "v")));
          return session.replicas(insert.bind(low, "v")).size() == 2
              && session.replicas(insert.bind(high, "v")).size() == 1;
        });
    assertThat(hosts(session.replicas(insert.bind(high, "v")))).containsExactly(nodes.host(1));

    FakeNode joined = Awaits.get(nodes.cluster().addNode("dc1", "rack1", List.of("12345")));
    nodes.script(joined);
    assertThat(joined.info().hostId()).isEqualTo(joining);
    Awaits.until(
        "the replica that was not known is found",
        PATIENCE,
        () -> session.replicas(insert.bind(high, "v")).size() == 2);
    assertThat(hosts(session.replicas(insert.bind(high, "v"))))
        .containsExactly(joining, nodes.host(1));

    Awaits.get(nodes.cluster().removeNode(nodes.cluster().node(2)));
    Awaits.until(
        "tablets of the node that left are forgotten",
        PATIENCE,
        () -> session.replicas(insert.bind(low, "v")).isEmpty());
    assertThat(session.replicas(insert.bind(high, "v"))).hasSize(2);
  }

  /** Whatever stands there, the request is served, and the payload is the caller's as ever. */
  @Test
  void hostilePayloadsHarmNoRequestAndAreLoggedNowAndThen() {
    open(true);
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT));
    learn(key -> insert.bind(key, "v"));
    byte[] good = new TabletBytes(0, 9).on(nodes.host(0), 0).toBytes();
    List<byte[]> hostile = new ArrayList<>();
    hostile.add(new byte[0]);
    hostile.add(new byte[100_000]);
    hostile.add(new TabletBytes(0, 9).on(nodes.host(0), TabletNodes.SHARDS).toBytes());
    hostile.add(new TabletBytes(0, 9).on(nodes.host(0), Integer.MAX_VALUE / 2).toBytes());
    hostile.add(new TabletBytes(Long.MAX_VALUE, Long.MIN_VALUE).on(nodes.host(0), 0).toBytes());
    for (int at = 0; at < good.length; at++) {
      byte[] damaged = good.clone();
      damaged[at] ^= (byte) 0x80;
      hostile.add(damaged);
    }
    try (CapturedLog log = new CapturedLog("cqloop.netty.engine", Level.WARNING)) {
      for (byte[] payload : hostile) {
        nodes.forge(payload);
        for (int key = 0; key < 4; key++) {
          RowSet rows = Awaits.get(session.execute(insert.bind(key, "v")));
          assertThat(rows.executionInfo().payload())
              .containsExactly(Map.entry(TabletNodes.KEY, Buffer.buffer(payload)));
        }
      }
      // One for each event loop.
      assertThat(log.lines("that cannot be used")).hasSizeBetween(1, 2);
    }
    nodes.forge(null);
    learn(key -> insert.bind(key, "v"));
    assertNoMiss(key -> insert.bind(key, "v"));
  }

  /** On connections that did not ask for tablets nothing is believed. */
  @Test
  void aServerThatDoesNotOfferTabletsTeachesNone() {
    nodes = TabletNodes.start(fakes.vertx(), "127.0.78.1", false);
    nodes.place(TABLETS);
    connect();
    PreparedStatement insert = Awaits.get(session.prepare(TabletNodes.INSERT));
    byte[] payload = nodes.tablet(1).payload();
    List<UUID> onRing = hosts(session.replicas(insert.bind(1, "v")));
    nodes.forge(payload);
    for (int i = 0; i < 20; i++) {
      RowSet rows = Awaits.get(session.execute(insert.bind(1, "v")));
      assertThat(rows.executionInfo().payload()).containsKey(TabletNodes.KEY);
    }
    assertThat(session.tokenMap().replicas("ks", TabletNodes.tokenOf(1))).hasSize(2);
    assertThat(hosts(session.replicas(insert.bind(1, "v")))).isEqualTo(onRing);
    assertThat(nodes.cluster().node(0).requests())
        .noneMatch(request -> String.valueOf(request.cql()).contains("scylla_keyspaces"));
  }

  private void open(boolean told) {
    nodes = TabletNodes.start(fakes.vertx(), "127.0.78.1", true);
    nodes.place(TABLETS);
    if (told) {
      nodes.tellKeyspaces();
    }
    connect();
  }

  private void connect() {
    CqlOptions options =
        Fakes.options(nodes.cluster().node(0))
            .setLocalDatacenter("dc1")
            // The older table of peers tells no port.
            .setPort(nodes.cluster().port());
    options
        .getConnection()
        .setConnectTimeout(Duration.ofSeconds(20))
        .setHandshakeTimeout(Duration.ofSeconds(20));
    session = Awaits.get(CqlSession.connect(vertx, options));
    Awaits.until(
        "the ring and the shards are known",
        PATIENCE,
        () ->
            session.tokenMap() != null
                && session.topology().nodes().size() == 3
                && session.topology().nodes().stream().allMatch(node -> node.sharding() != null));
  }

  /** Sends every key until none comes in at the wrong place, from both event loops. */
  private void learn(IntFunction<Statement<?>> statement) {
    Awaits.until(
        "every tablet is known and every shard has its connection",
        PATIENCE,
        () -> {
          send(statement);
          return nodes.takeMisses() == 0;
        });
    nodes.takeHits();
  }

  private void assertNoMiss(IntFunction<Statement<?>> statement) {
    nodes.takeHits();
    send(statement);
    assertThat(nodes.takeMisses()).isZero();
    assertThat(nodes.takeHits()).isEqualTo(2 * KEYS);
  }

  private void send(IntFunction<Statement<?>> statement) {
    List<Future<?>> all = new ArrayList<>();
    for (int loop = 0; loop < 2; loop++) {
      Context context = vertx.getOrCreateContext();
      all.add(
          Future.future(
              promise ->
                  context.runOnContext(
                      turn -> {
                        List<Future<?>> sent = new ArrayList<>();
                        for (int key = 0; key < KEYS; key++) {
                          sent.add(session.execute(statement.apply(key)));
                        }
                        Future.all(sent).<Void>mapEmpty().onComplete(promise);
                      })));
    }
    Awaits.get(Future.all(all));
  }

  private UUID coordinator(Statement<?> statement) {
    return Awaits.get(session.execute(statement)).executionInfo().coordinator().hostId();
  }

  private Node node(int number) {
    return session.topology().node(nodes.host(number));
  }

  private static List<UUID> hosts(List<Node> nodes) {
    return nodes.stream().map(Node::hostId).toList();
  }

  private static int keyBetween(long first, long last) {
    for (int key = 0; ; key++) {
      long token = TabletNodes.token(key);
      if (first < token && token <= last) {
        return key;
      }
    }
  }
}
