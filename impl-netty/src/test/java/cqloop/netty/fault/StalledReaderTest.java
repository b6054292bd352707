package cqloop.netty.fault;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.error.CqlException;
import cqloop.netty.sim.LinkFaults;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimCluster;
import cqloop.netty.sim.SimNetwork.Weather;
import cqloop.netty.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** I5, faults E2 and E3: a node stops reading for half a minute, in virtual time. */
class StalledReaderTest {

  private static final int TEXT_BYTES = 2_000;
  private static final int PER_MILLI = 5;
  private static final int SOCKET_BYTES = 64 * 1024;
  private static final long MOST_HELD_BYTES = 2 * 1024 * 1024;

  @Test
  void costsLittleMemoryAndNoOtherNode() {
    SimCluster cluster = new SimCluster(2);
    int[] connects = {0};
    LinkFaults stalling =
        LinkFaults.NONE.stalling(4_000, SimWorld.seconds(30)).withBuffer(SOCKET_BYTES);
    cluster
        .network()
        .setWeather(
            () ->
                connects[0]++ == 0
                    ? new Weather(Weather.CALM.outcome(), 1_000, stalling, LinkFaults.NONE)
                    : Weather.CALM);
    cluster.client().timeoutNanos = SimWorld.millis(500);
    cluster.start();

    String text = "SELECT '" + "x".repeat(TEXT_BYTES) + "'";
    List<Outcome<RowSet>> outcomes = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      for (int j = 0; j < PER_MILLI; j++) {
        outcomes.add(cluster.client().execute(SimpleStatement.of(text)));
      }
      cluster.world().advance(SimWorld.millis(1));
    }
    cluster.world().advance(SimWorld.seconds(1));

    int served = 0;
    for (Outcome<RowSet> outcome : outcomes) {
      assertThat(outcome.completions()).isEqualTo(1);
      assertThat(outcome.elapsedNanos()).isLessThan(SimWorld.millis(600));
      if (outcome.failure() == null) {
        served++;
      } else {
        assertThat(outcome.failure()).isInstanceOf(CqlException.class);
      }
    }
    int offered = outcomes.size();
    assertThat(served).as("requests served, of %d", offered).isGreaterThan(offered * 98 / 100);
    assertThat(cluster.network().allocator().mostHeldBytes())
        .as("most bytes held for %d of %d bytes", offered, TEXT_BYTES)
        .isLessThan(MOST_HELD_BYTES);
    cluster.closeAndCheck();
  }
}
