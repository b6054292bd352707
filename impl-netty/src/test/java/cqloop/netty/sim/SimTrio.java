package cqloop.netty.sim;

import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Reply;
import cqloop.testkit.fake.WireVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Not shared. Three simulated servers that tell of one another, and a session for them. */
final class SimTrio {

  final SimWorld world;
  final SimNetwork network;
  final SimSession session;
  final List<SimServer> servers = new ArrayList<>();
  private final SimMembership membership;

  SimTrio(long seed) {
    world = new SimWorld(seed);
    network = new SimNetwork(world, SimWorld.seconds(2));
    membership = new SimMembership(world);
    session = new SimSession(world, network);
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

  /** Answers as one of three healthy nodes does. */
  void answer(SimServerConnection connection, SimRequest request) {
    Reply described =
        request.opcode() == Opcode.QUERY
            ? membership.answer(connection.server(), request.text())
            : null;
    connection.answer(request, described == null ? Scripts.usual(request) : described);
  }
}
