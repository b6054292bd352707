package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BoundStatement;
import cqloop.PreparedStatement;
import cqloop.RowSet;
import cqloop.netty.cluster.TabletBytes;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.Replies;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tablets that move, go, or are lied about, with scripted nodes that speak like ScyllaDB. Scenario
 * B11.
 */
class TabletChangesIT {

  private final TabletSession session = new TabletSession();

  @AfterEach
  void stop() {
    session.close();
  }

  @Test
  void followsTabletsThatMove() {
    session.open(true);
    PreparedStatement insert = session.prepare(TabletNodes.INSERT);
    session.learn(key -> insert.bind(key, "v"));
    session.nodes().place(2 * TabletSession.TABLETS + 1);
    session.learn(key -> insert.bind(key, "v"));
    session.assertNoMiss(key -> insert.bind(key, "v"));
    session.nodes().place(3);
    session.learn(key -> insert.bind(key, "v"));
    session.assertNoMiss(key -> insert.bind(key, "v"));
  }

  @Test
  void whatIsDroppedIsForgotten() {
    session.open(true);
    PreparedStatement insert = session.prepare(TabletNodes.INSERT);
    BoundStatement one = insert.bind(1, "v");
    session.learn(key -> insert.bind(key, "v"));
    assertThat(session.get().replicas(one)).hasSize(2);
    Awaits.get(
        session
            .nodes()
            .cluster()
            .pushEvent(Replies.schemaEvent("DROPPED", "TABLE", "ks", "other")));
    Awaits.get(
        session.nodes().cluster().pushEvent(Replies.schemaEvent("DROPPED", "TABLE", "ks", "t")));
    Awaits.until(
        "the table is forgotten",
        TabletSession.PATIENCE,
        () -> session.get().replicas(one).isEmpty());

    session.learn(key -> insert.bind(key, "v"));
    Awaits.get(
        session.nodes().cluster().pushEvent(Replies.schemaEvent("DROPPED", "KEYSPACE", "ks")));
    // The ring answers until the tables are read again, which still have the keyspace.
    Awaits.until(
        "the keyspace is forgotten",
        TabletSession.PATIENCE,
        () ->
            !TabletSession.hosts(session.get().replicas(one))
                .equals(session.nodes().tablet(1).hosts()));
    Awaits.until(
        "and read again", TabletSession.PATIENCE, () -> session.get().replicas(one).isEmpty());
  }

  @Test
  void followsNodesThatLeaveAndJoin() {
    session.open(true);
    PreparedStatement insert = session.prepare(TabletNodes.INSERT);
    // The next address is the next node's: it is told of before it is known.
    UUID joining = UUID.nameUUIDFromBytes("127.0.78.4".getBytes(StandardCharsets.UTF_8));
    session
        .nodes()
        .place(
            List.of(
                new TabletNodes.Placed(
                    Long.MIN_VALUE,
                    0,
                    List.of(session.nodes().host(2), session.nodes().host(0)),
                    List.of(0, 1)),
                new TabletNodes.Placed(
                    0, Long.MAX_VALUE, List.of(joining, session.nodes().host(1)), List.of(1, 0))));
    int low = keyBetween(Long.MIN_VALUE, 0);
    int high = keyBetween(0, Long.MAX_VALUE);
    Awaits.until(
        "both are told of",
        TabletSession.PATIENCE,
        () -> {
          Awaits.get(session.get().execute(insert.bind(low, "v")));
          Awaits.get(session.get().execute(insert.bind(high, "v")));
          return session.get().replicas(insert.bind(low, "v")).size() == 2
              && session.get().replicas(insert.bind(high, "v")).size() == 1;
        });
    assertThat(TabletSession.hosts(session.get().replicas(insert.bind(high, "v"))))
        .containsExactly(session.nodes().host(1));

    FakeNode joined =
        Awaits.get(session.nodes().cluster().addNode("dc1", "rack1", List.of("12345")));
    session.nodes().script(joined);
    assertThat(joined.info().hostId()).isEqualTo(joining);
    Awaits.until(
        "the replica that was not known is found",
        TabletSession.PATIENCE,
        () -> session.get().replicas(insert.bind(high, "v")).size() == 2);
    assertThat(TabletSession.hosts(session.get().replicas(insert.bind(high, "v"))))
        .containsExactly(joining, session.nodes().host(1));

    Awaits.get(session.nodes().cluster().removeNode(session.nodes().cluster().node(2)));
    Awaits.until(
        "tablets of the node that left are forgotten",
        TabletSession.PATIENCE,
        () -> session.get().replicas(insert.bind(low, "v")).isEmpty());
    assertThat(session.get().replicas(insert.bind(high, "v"))).hasSize(2);
  }

  /** Whatever stands there, the request is served, and the payload is the caller's as ever. */
  @Test
  void hostilePayloadsHarmNoRequestAndAreLoggedNowAndThen() {
    session.open(true);
    PreparedStatement insert = session.prepare(TabletNodes.INSERT);
    session.learn(key -> insert.bind(key, "v"));
    byte[] good = new TabletBytes(0, 9).on(session.nodes().host(0), 0).toBytes();
    List<byte[]> hostile = new ArrayList<>();
    hostile.add(new byte[0]);
    hostile.add(new byte[100_000]);
    hostile.add(new TabletBytes(0, 9).on(session.nodes().host(0), TabletNodes.SHARDS).toBytes());
    hostile.add(new TabletBytes(0, 9).on(session.nodes().host(0), Integer.MAX_VALUE / 2).toBytes());
    hostile.add(
        new TabletBytes(Long.MAX_VALUE, Long.MIN_VALUE).on(session.nodes().host(0), 0).toBytes());
    for (int at = 0; at < good.length; at++) {
      byte[] damaged = good.clone();
      damaged[at] ^= (byte) 0x80;
      hostile.add(damaged);
    }
    try (CapturedLog log = new CapturedLog("cqloop.netty.engine", Level.WARNING)) {
      for (byte[] payload : hostile) {
        session.nodes().forge(payload);
        for (int key = 0; key < 4; key++) {
          RowSet rows = Awaits.get(session.get().execute(insert.bind(key, "v")));
          assertThat(rows.executionInfo().payload())
              .containsExactly(Map.entry(TabletNodes.KEY, Buffer.buffer(payload)));
        }
      }
      // One for each event loop.
      assertThat(log.lines("that cannot be used")).hasSizeBetween(1, 2);
    }
    session.nodes().forge(null);
    session.learn(key -> insert.bind(key, "v"));
    session.assertNoMiss(key -> insert.bind(key, "v"));
  }

  /** On connections that did not ask for tablets nothing is believed. */
  @Test
  void aServerThatDoesNotOfferTabletsTeachesNone() {
    session.openWithoutOffer();
    PreparedStatement insert = session.prepare(TabletNodes.INSERT);
    byte[] payload = session.nodes().tablet(1).payload();
    List<UUID> onRing = TabletSession.hosts(session.get().replicas(insert.bind(1, "v")));
    session.nodes().forge(payload);
    for (int i = 0; i < 20; i++) {
      RowSet rows = Awaits.get(session.get().execute(insert.bind(1, "v")));
      assertThat(rows.executionInfo().payload()).containsKey(TabletNodes.KEY);
    }
    assertThat(session.get().tokenMap().replicas("ks", TabletNodes.tokenOf(1))).hasSize(2);
    assertThat(TabletSession.hosts(session.get().replicas(insert.bind(1, "v")))).isEqualTo(onRing);
    assertThat(session.nodes().cluster().node(0).requests())
        .noneMatch(request -> String.valueOf(request.cql()).contains("scylla_keyspaces"));
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
