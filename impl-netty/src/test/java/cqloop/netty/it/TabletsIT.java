package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.Batches;
import cqloop.BoundStatement;
import cqloop.Consistency;
import cqloop.PreparedStatement;
import cqloop.Statement;
import cqloop.metadata.Node;
import cqloop.metadata.TokenMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Requests by tablet, with scripted nodes that speak like ScyllaDB: three nodes of two shards, and
 * tablets that are not where the ring would have them. Scenario B11.
 */
class TabletsIT {

  private final TabletSession session = new TabletSession();

  @AfterEach
  void stop() {
    session.close();
  }

  @Test
  void writesTeachWhereEveryKeyIsAndThenNoRequestMisses() {
    session.open(true);
    PreparedStatement insert = session.prepare(TabletNodes.INSERT);
    session.learn(key -> insert.bind(key, "v"));
    session.assertNoMiss(key -> insert.bind(key, "v"));
  }

  @Test
  void readsTeachTheSame() {
    session.open(true);
    PreparedStatement select = session.prepare(TabletNodes.SELECT);
    session.learn(select::bind);
    session.assertNoMiss(select::bind);
    // What one statement has taught serves the others of the table, and on every event loop.
    PreparedStatement insert = session.prepare(TabletNodes.INSERT);
    session.assertNoMiss(key -> insert.bind(key, "v"));
  }

  @Test
  void batchesTeachAndGoWhereTheirFirstStatementWithAKeyGoes() {
    session.open(true);
    PreparedStatement insert = session.prepare(TabletNodes.INSERT);
    IntFunction<Statement<?>> batch =
        key -> BatchStatement.unlogged(insert.bind(key, "v"), insert.bind(key + 1, "w"));
    session.learn(batch);
    session.assertNoMiss(batch);
  }

  /** All clients meet at one replica: the first of the tablet, in the order of the server. */
  @Test
  void conditionalWritesGoToTheFirstReplica() {
    session.open(true);
    PreparedStatement insert = session.prepare(TabletNodes.INSERT + " IF NOT EXISTS");
    PreparedStatement plain = session.prepare(TabletNodes.INSERT);
    session.learn(key -> insert.bind(key, "v"));
    for (int key = 0; key < TabletSession.KEYS / 4; key++) {
      UUID first = session.nodes().tablet(key).hosts().get(0);
      BoundStatement bound = insert.bind(key, "v");
      BoundStatement serial = plain.bind(key, "v").withConsistency(Consistency.SERIAL);
      Buffer sameKey = Buffer.buffer().appendInt(key);
      assertThat(session.coordinator(bound)).as("key %s", key).isEqualTo(first);
      assertThat(session.coordinator(serial)).as("serial read").isEqualTo(first);
      assertThat(session.coordinator(bound.withRoutingKey(sameKey)))
          .as("key given")
          .isEqualTo(first);
      assertThat(session.coordinator(BatchStatement.logged(plain.bind(key, "w"), bound)))
          .as("batch")
          .isEqualTo(first);
    }
  }

  @Test
  void conditionalWritesGoToTheFirstReplicaOfTheLocalRackBeforeOthers() {
    session.preferRack("rack1");
    session.open(true);
    PreparedStatement insert = session.prepare(TabletNodes.INSERT + " IF NOT EXISTS");
    session.learn(key -> insert.bind(key, "v"));
    UUID otherRack = session.nodes().host(1);
    int passedOver = 0;
    for (int key = 0; key < TabletSession.KEYS / 4; key++) {
      List<UUID> hosts = session.nodes().tablet(key).hosts();
      boolean skipsFirst = hosts.get(0).equals(otherRack);
      passedOver += skipsFirst ? 1 : 0;
      assertThat(session.coordinator(insert.bind(key, "v")))
          .isEqualTo(hosts.get(skipsFirst ? 1 : 0));
    }
    assertThat(passedOver).isPositive();
  }

  @Test
  void withoutAKnownTabletTheRingIsNotAsked() {
    session.open(true);
    PreparedStatement insert = session.prepare(TabletNodes.INSERT);
    PreparedStatement old = session.prepare(TabletNodes.INSERT.replace("ks.", "old."));
    assertThat(session.get().replicas(insert.bind(1, "v"))).isEmpty();
    assertThat(session.get().replicas(old.bind(1, "v"))).hasSize(2);

    // Any node of the local data centre: a ring of two replicas would always leave out one.
    session.nodes().forge(new byte[0]);
    Set<UUID> coordinators = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      coordinators.add(session.coordinator(insert.bind(1, "v")));
    }
    assertThat(coordinators).hasSize(3);
  }

  /** Where the table of keyspaces cannot be read, the first answer tells. */
  @Test
  void anAnswerTellsThatAKeyspaceHasTablets() {
    session.open(false);
    PreparedStatement insert = session.prepare(TabletNodes.INSERT);
    BoundStatement one = insert.bind(1, "v");
    assertThat(session.get().replicas(one)).as("by the ring").hasSize(2);
    session.learn(key -> insert.bind(key, "v"));
    assertThat(TabletSession.hosts(session.get().replicas(one)))
        .isEqualTo(session.nodes().tablet(1).hosts());
    session.assertNoMiss(key -> insert.bind(key, "v"));
  }

  @Test
  void theTokenMapAndBatchesGoByTablet() {
    session.open(true);
    PreparedStatement insert = session.prepare(TabletNodes.INSERT);
    assertThat(session.get().tokenMap().shard(insert.bind(1, "v"), session.node(0))).isNull();
    session.learn(key -> insert.bind(key, "v"));
    TokenMap map = session.get().tokenMap();
    List<BoundStatement> all = new ArrayList<>();
    for (int key = 0; key < TabletSession.KEYS; key++) {
      BoundStatement bound = insert.bind(key, "v");
      TabletNodes.Placed tablet = session.nodes().tablet(key);
      assertThat(TabletSession.hosts(session.get().replicas(bound))).isEqualTo(tablet.hosts());
      assertThat(TabletSession.hosts(map.replicas("ks", "t", TabletNodes.tokenOf(key))))
          .isEqualTo(tablet.hosts());
      assertThat(map.replicas("ks", TabletNodes.tokenOf(key))).isEmpty();
      for (int i = 0; i < 3; i++) {
        int at = tablet.hosts().indexOf(session.nodes().host(i));
        assertThat(map.shard(bound, session.node(i)))
            .isEqualTo(at < 0 ? null : tablet.shards().get(at));
      }
      all.add(bound);
    }
    for (BatchStatement batch : Batches.split(session.get(), all)) {
      Set<Map<UUID, Integer>> places = new HashSet<>();
      for (Statement<?> child : batch.statements()) {
        Map<UUID, Integer> place = new HashMap<>();
        for (Node node : session.get().replicas((BoundStatement) child)) {
          place.put(node.hostId(), map.shard((BoundStatement) child, node));
        }
        places.add(place);
      }
      assertThat(places).as("places of one batch").hasSize(1);
    }
  }
}
