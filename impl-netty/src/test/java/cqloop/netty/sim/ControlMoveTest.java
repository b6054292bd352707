package cqloop.netty.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B1: how soon the control connection is at another node, by the clock of a simulation. */
class ControlMoveTest {

  private static final long ROUND_TRIPS = SimWorld.millis(50);

  private final SimTrio trio = new SimTrio(11);
  private final SimWorld world = trio.world;
  private final SimSession session = trio.session;

  /**
   * One that has settled is replaced at once; after a short one there is a pause of half a second.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 100, 400, 600, 60_000})
  void isAtAnotherNodeWithinASecond(int livedMillis) {
    session.start(3, SimWorld.seconds(300));
    world.advance(SimWorld.seconds(2));
    for (int round = 0; round < 5; round++) {
      world.advance(SimWorld.millis(livedMillis));
      SimServerConnection lost = onlyOne();
      lost.link().resetByServer();

      world.advance(SimWorld.millis(Math.max(0, 500 - livedMillis)) + ROUND_TRIPS);

      assertThat(onlyOne().server()).isNotSameAs(lost.server());
    }
    session.close(true, 0, 0);
    world.advance(SimWorld.seconds(10));
    assertThat(holders()).isEmpty();
  }

  private SimServerConnection onlyOne() {
    assertThat(holders()).as("control connections").hasSize(1);
    return holders().get(0);
  }

  private List<SimServerConnection> holders() {
    List<SimServerConnection> holders = new ArrayList<>();
    for (SimServer server : trio.servers) {
      for (SimServerConnection connection : server.connections()) {
        if (connection.isRegistered() && connection.isOpen()) {
          holders.add(connection);
        }
      }
    }
    return holders;
  }
}
