package cqloop.netty.sim;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.metadata.Node;
import cqloop.metadata.NodeState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A21: nodes that come and go, by the clock of a simulation. Plans put nodes that are down last.
 */
class FlappingNodeTest {

  /** The pause between two tries, and the moment in which changes are gathered. */
  private static final long NOTICED = SimWorld.millis(1_100);

  private final SimTrio trio = new SimTrio(21);
  private final SimWorld world = trio.world;
  private final SimSession session = trio.session;
  private final List<SimServer> servers = trio.servers;
  private int switches;

  @BeforeEach
  void start() {
    session.start(3, SimWorld.seconds(300));
    world.advance(SimWorld.seconds(5));
    servers.forEach(server -> assertThat(isUp(server)).isTrue());
  }

  @AfterEach
  void close() {
    session.close(true, 0, 0);
    world.advance(SimWorld.millis(100));
    assertThat(world.planned()).as("timers that are left").isZero();
  }

  @Test
  void aNodeThatIsBackCountsAtOnce() {
    for (int i = 0; i < 3; i++) {
      lose(servers.get(1));
      world.advance(SimWorld.seconds(5));
      bringBack(servers.get(1));
      world.advance(NOTICED);
      assertThat(isUp(servers.get(1))).as("return " + i).isTrue();
      world.advance(SimWorld.seconds(30));
    }
  }

  @Test
  void aNodeThatComesAndGoesIsLeftOutUntilItStays() {
    SimServer flapping = servers.get(1);
    for (int i = 0; i < 24; i++) {
      lose(flapping);
      watch(flapping, SimWorld.seconds(5));
      bringBack(flapping);
      watch(flapping, SimWorld.seconds(5));
    }
    assertThat(switches).as("down, up, down in four minutes").isEqualTo(3);
    assertThat(session.client().engine().connections()).as("it is connected").hasSize(3);
    assertThat(isUp(servers.get(0))).isTrue();
    assertThat(isUp(servers.get(2))).isTrue();

    world.advance(SimWorld.seconds(30));
    assertThat(isUp(flapping)).as("after it has stayed").isTrue();
  }

  /** However it is timed, it is taken back and lost less than once in 30 seconds each. */
  @Test
  void longerStaysAreNoWayAround() {
    SimServer flapping = servers.get(1);
    for (int stay : new int[] {8, 12, 18, 25, 29}) {
      switches = 0;
      int rounds = 600 / (2 + stay);
      for (int i = 0; i < rounds; i++) {
        lose(flapping);
        watch(flapping, SimWorld.seconds(2));
        bringBack(flapping);
        watch(flapping, SimWorld.seconds(stay));
      }
      assertThat(switches).as("in ten minutes with stays of %d s", stay).isLessThanOrEqualTo(8);
      world.advance(SimWorld.seconds(60));
      assertThat(isUp(flapping)).isTrue();
    }
  }

  /** When all of them come and go, it is the network: there is nobody to prefer. */
  @Test
  void nobodyIsLeftOutWhenAllComeAndGo() {
    for (int i = 0; i < 6; i++) {
      servers.forEach(this::lose);
      world.advance(SimWorld.seconds(5));
      servers.forEach(this::bringBack);
      world.advance(NOTICED + SimWorld.seconds(1));
      for (SimServer server : servers) {
        assertThat(isUp(server)).as("round %d, %s", i, server.address()).isTrue();
      }
      world.advance(SimWorld.seconds(3));
    }
  }

  @Test
  void closingForgetsWhoIsLeftOut() {
    for (int i = 0; i < 3; i++) {
      lose(servers.get(1));
      world.advance(SimWorld.seconds(2));
      bringBack(servers.get(1));
      world.advance(SimWorld.seconds(2));
    }
    assertThat(isUp(servers.get(1))).isFalse();
  }

  private void watch(SimServer server, long nanos) {
    for (long passed = 0; passed < nanos; passed += SimWorld.millis(100)) {
      boolean before = isUp(server);
      world.advance(SimWorld.millis(100));
      switches += before == isUp(server) ? 0 : 1;
    }
  }

  private void lose(SimServer server) {
    trio.network.stopListening(server.address());
    server.hangUp(() -> true);
  }

  private void bringBack(SimServer server) {
    server.listen(trio.network);
  }

  private boolean isUp(SimServer server) {
    Node node = session.client().shared().topology().node(SimMembership.endpoint(server.address()));
    return node != null && node.state() == NodeState.UP;
  }
}
