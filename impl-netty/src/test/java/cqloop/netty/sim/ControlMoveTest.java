package cqloop.netty.sim;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.WireVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B1: how soon the control connection is at another node, by the clock of a simulation. */
class ControlMoveTest {

  private static final long ROUND_TRIPS = SimWorld.millis(50);

  private final SimWorld world = new SimWorld(11);
  private final SimNetwork network = new SimNetwork(world, SimWorld.seconds(2));
  private final SimMembership membership = new SimMembership(world);
  private final SimSession session = new SimSession(world, network);
  private final List<SimServer> servers = new ArrayList<>();

  ControlMoveTest() {
    for (int i = 0; i < 3; i++) {
      SimServer server =
          new SimServer(
              world,
              SimClient.address(i),
              EnumSet.of(WireVersion.V4, WireVersion.V5),
              this::answer);
      servers.add(server);
      membership.join(server);
      server.listen(network);
    }
  }

  private void answer(SimServerConnection connection, SimRequest request) {
    Reply described =
        request.opcode() == Opcode.QUERY
            ? membership.answer(connection.server(), request.text())
            : null;
    connection.answer(request, described == null ? Scripts.usual(request) : described);
  }

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
    for (SimServer server : servers) {
      for (SimServerConnection connection : server.connections()) {
        if (connection.isRegistered() && connection.isOpen()) {
          holders.add(connection);
        }
      }
    }
    return holders;
  }
}
