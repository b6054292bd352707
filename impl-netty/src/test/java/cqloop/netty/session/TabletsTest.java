package cqloop.netty.session;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.metadata.Topology;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.LearntTablet;
import cqloop.netty.cluster.TabletBytes;
import cqloop.netty.cluster.TabletPayload;
import cqloop.netty.engine.SharedState;
import cqloop.netty.engine.TabletLearner;
import cqloop.netty.message.ResponsePrefix;
import cqloop.netty.message.SchemaChange;
import cqloop.netty.sim.SimLoop;
import cqloop.netty.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the home loop makes of the tablets that all loops were told of. */
class TabletsTest {

  private static final Topology TOPOLOGY = new Topology(1, "test", "", List.of());

  private final SimWorld world = new SimWorld(1);
  private final SimLoop loop = new SimLoop(world);
  private final SharedState shared = new SharedState(TOPOLOGY, null);
  private final Tablets tablets = new Tablets(loop, shared);

  @Test
  void whatComesInOneTurnIsOneChange() {
    ClusterState before = shared.cluster();
    loop.run(
        () -> {
          tablets.learn(row("t", 0, 10));
          tablets.learn(row("t", 10, 10));
          tablets.learn(row("u", 0, 5));
        });
    assertThat(shared.cluster()).as("not yet").isSameAs(before);
    world.advance(1);
    assertThat(shared.cluster().tablets().size()).isEqualTo(25);

    ClusterState known = shared.cluster();
    loop.run(() -> tablets.learn(row("t", 0, 20)));
    world.advance(1);
    assertThat(shared.cluster()).as("nothing new").isSameAs(known);
  }

  @Test
  void oneTurnHasItsBoundAndTheNextGoesOn() {
    int bound = TabletLearner.MAX_OF_TURN;
    loop.run(
        () -> {
          tablets.learn(row("t", 0, bound - 1));
          tablets.learn(row("t", bound - 1, 10));
        });
    world.advance(1);
    assertThat(shared.cluster().tablets().size()).isEqualTo(bound);
    loop.run(() -> tablets.learn(row("t", bound, 9)));
    world.advance(1);
    assertThat(shared.cluster().tablets().size()).isEqualTo(bound + 9);
  }

  @Test
  void onlyWhatIsDroppedIsForgotten() {
    loop.run(() -> tablets.learn(row("t", 0, 3)));
    world.advance(1);
    change("UPDATED", "TABLE", "t");
    change("CREATED", "TABLE", "t");
    change("DROPPED", "TYPE", "t");
    change("DROPPED", "TABLE", "u");
    assertThat(shared.cluster().tablets().size()).isEqualTo(3);
    change("DROPPED", "TABLE", "t");
    assertThat(shared.cluster().tablets().size()).isZero();
    assertThat(shared.cluster().tablets().has("ks")).isTrue();
    change("DROPPED", "KEYSPACE", "");
    assertThat(shared.cluster().tablets().has("ks")).isFalse();
  }

  private void change(String change, String target, String name) {
    tablets.onSchemaChange(
        new SchemaChange(ResponsePrefix.NONE, change, target, "ks", name, List.of()));
  }

  private static List<LearntTablet> row(String table, int from, int count) {
    List<LearntTablet> row = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      byte[] payload = new TabletBytes(i, i + 1).on(new UUID(0, 1), 0).toBytes();
      row.add(new LearntTablet("ks", table, TabletPayload.read(payload, TOPOLOGY)));
    }
    return row;
  }
}
