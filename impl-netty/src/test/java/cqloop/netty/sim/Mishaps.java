package cqloop.netty.sim;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Not shared. What happens to the servers of a simulation while requests run: they are killed, they
 * freeze, they join, leave, and change their addresses.
 */
final class Mishaps {

  private final SimWorld world;
  private final SplittableRandom random;
  private final SimNetwork network;
  private final SimMembership membership;
  private final List<SimServer> servers;
  private final List<SimSession> sessions;
  private int changes;

  Mishaps(
      SimWorld world,
      SimNetwork network,
      SimMembership membership,
      List<SimServer> servers,
      List<SimSession> sessions) {
    this.world = world;
    this.random = world.random();
    this.network = network;
    this.membership = membership;
    this.servers = servers;
    this.sessions = sessions;
  }

  /** One of them, at random. */
  void happen() {
    changes++;
    switch (random.nextInt(8)) {
      case 0, 1 -> restart();
      case 2 -> {
        world.count("server freezes");
        any().freeze(random.nextLong(SimWorld.seconds(3)));
      }
      case 3 -> resize();
      case 4 -> join();
      case 5 -> leave();
      case 6 -> move();
      default -> swap();
    }
  }

  /** How many there were. */
  int changes() {
    return changes;
  }

  /** From now on all members are there and stay. */
  void end() {
    for (SimServer server : servers) {
      if (membership.has(server)) {
        server.listen(network);
      } else {
        vanish(server);
      }
    }
    for (SimSession session : sessions) {
      tell(session, contactPoints());
    }
  }

  /** How many servers clients are told of; the others join later, if they do. */
  int contactPoints() {
    return Math.max(1, servers.size() - 2);
  }

  private SimServer any() {
    return servers.get(random.nextInt(servers.size()));
  }

  /** A server goes away and comes back. */
  private void restart() {
    SimServer server = any();
    world.count("server is killed");
    world.trace("%s goes away", server.address());
    network.stopListening(server.address());
    server.hangUp(random::nextBoolean);
    membership.announce("DOWN", server);
    world.after(random.nextLong(SimWorld.seconds(2)), () -> comeBack(server));
  }

  private void comeBack(SimServer server) {
    if (membership.has(server)) {
      world.count("server comes back");
      server.listen(network);
      membership.announce("UP", server);
    }
  }

  /** A session that does not follow the cluster is told of nodes that leave or come back. */
  private void resize() {
    int nodes = random.nextInt(8) == 0 ? 0 : random.nextInt(1, contactPoints() + 1);
    tell(sessions.get(random.nextInt(sessions.size())), nodes);
  }

  private void tell(SimSession session, int nodes) {
    if (!session.followsCluster()) {
      world.trace("a session is told of %d nodes", nodes);
      session
          .loop()
          .run(
              () -> {
                session.client().shared().setCluster(SimClient.cluster(nodes));
                session.client().engine().onTopology(SimClient.topology(nodes));
              });
    }
  }

  private void join() {
    SimServer server = any();
    if (!membership.has(server)) {
      world.count("host joins");
      world.trace("%s joins", server.address());
      membership.join(server);
      server.listen(network);
      membership.announce("NEW_NODE", server);
      membership.announce("UP", server);
    }
  }

  /** The first server stays: clients must be able to find the cluster. */
  private SimServer mobile() {
    SimServer server = any();
    return server == servers.get(0) || !membership.has(server) ? null : server;
  }

  private void leave() {
    SimServer server = mobile();
    if (server != null) {
      world.count("host leaves");
      world.trace("%s leaves", server.address());
      membership.leave(server);
      membership.announce("REMOVED_NODE", server);
      // It goes on serving for a while.
      world.after(random.nextLong(SimWorld.seconds(1)), () -> vanish(server));
    }
  }

  private void vanish(SimServer server) {
    if (!membership.has(server)) {
      network.stopListening(server.address());
      server.hangUp(random::nextBoolean);
    }
  }

  /** A host restarts at an address that nobody has. */
  private void move() {
    SimServer from = mobile();
    SimServer to = any();
    if (from != null && !membership.has(to)) {
      world.count("host moves");
      world.trace("the host of %s moves to %s", from.address(), to.address());
      membership.move(from, to);
      vanish(from);
      to.listen(network);
      membership.announce("UP", to);
      membership.announce("NEW_NODE", to);
    }
  }

  /** Two hosts restart, each at the address of the other. */
  private void swap() {
    SimServer one = any();
    SimServer other = any();
    if (one != other && membership.has(one) && membership.has(other)) {
      world.count("hosts swap addresses");
      world.trace("the hosts of %s and %s change places", one.address(), other.address());
      membership.swap(one, other);
      one.hangUp(random::nextBoolean);
      other.hangUp(random::nextBoolean);
      membership.announce("UP", one);
      membership.announce("UP", other);
    }
  }
}
