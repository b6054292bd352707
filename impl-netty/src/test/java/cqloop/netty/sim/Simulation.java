package cqloop.netty.sim;

import cqloop.ProtocolVersion;
import cqloop.testkit.fake.WireVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Not shared. One run: some sessions and some servers in a weather that the seed decides, some
 * hundred requests, then good weather, and then the promises of the driver checked one by one.
 */
final class Simulation {

  private static final long ISSUE_NANOS = SimWorld.seconds(4);
  private static final long SETTLE_NANOS = SimWorld.seconds(30);

  /**
   * Longer than any request may take and any link may stall, shorter than most limits of what is
   * being opened: what is left of a session then is a leak.
   */
  private static final long END_NANOS = SimWorld.seconds(4);

  private final SimWorld world;
  private final SplittableRandom random;
  private final SimNetwork network;
  private final SimMembership membership;
  private final Chaos chaos;
  private final Mishaps mishaps;
  private final List<SimServer> servers = new ArrayList<>();
  private final List<SimSession> sessions = new ArrayList<>();
  private final Invariants invariants;
  private final int storm;
  private final int count;
  private final ProtocolVersion forcedVersion;
  private long nextToken;

  // Kept, because loggers that nobody holds are forgotten together with their level.
  private static final Logger QUIET = Logger.getLogger("cqloop");

  static {
    QUIET.setLevel(Level.OFF);
  }

  Simulation(long seed) {
    world = new SimWorld(seed);
    random = world.random();
    network = new SimNetwork(world, SimWorld.seconds(2));
    membership = new SimMembership(world);
    SimShards shards = new SimShards(world, seed);
    chaos = new Chaos(world, membership, shards, SimWorld.millis(random.nextLong(50, 1500)));
    mishaps = new Mishaps(world, network, membership, servers, sessions);
    invariants = new Invariants(world, network, membership, chaos);
    storm = random.nextInt(4);
    count = random.nextInt(20, 150);
    forcedVersion = prepareServers();
    prepareSessions();
  }

  SimWorld world() {
    return world;
  }

  /** Plants a fault, to see that it is found. */
  void tellSomeOutcomesTwice() {
    sessions.forEach(SimSession::tellSomeOutcomesTwice);
  }

  /** Adds what became of the requests, by class of the failure, and what happened meanwhile. */
  void countOutcomes(Map<String, Integer> counts) {
    int prepares = 0;
    for (SimSession session : sessions) {
      for (SimCall call : session.calls()) {
        Throwable failure = call.outcome().failure();
        String name = failure == null ? "rows" : failure.getClass().getSimpleName();
        counts.merge(name, 1, Integer::sum);
        counts.merge("later pages", call.page() > 0 ? 1 : 0, Integer::sum);
      }
      prepares += session.preparing().size();
    }
    counts.merge("PREPARE again", Math.max(0, chaos.prepares() - prepares), Integer::sum);
    counts.merge("clusters followed", invariants.converged(), Integer::sum);
    world.counts().forEach((kind, times) -> counts.merge(kind, times, Integer::sum));
  }

  void run() {
    network.setWeather(new Storm(random, storm, forcedVersion == ProtocolVersion.V5)::weather);
    for (SimSession session : sessions) {
      boolean follows = random.nextInt(3) > 0;
      long refreshNanos = follows ? SimWorld.millis(random.nextLong(2_000, 10_000)) : 0;
      session.start(mishaps.contactPoints(), refreshNanos);
    }
    planRequests();
    planMishaps();
    world.advance(ISSUE_NANOS);
    clearUp();
    world.advance(SETTLE_NANOS);
    // A link may break just before: to connect again takes a moment.
    for (int i = 0; i < 3 && !sessions.stream().allMatch(invariants::isConnected); i++) {
      world.advance(SimWorld.seconds(1));
    }
    sessions.stream().filter(session -> !session.isClosing()).forEach(invariants::checkSettled);
    sessions.stream().filter(session -> !session.isClosing()).forEach(this::askAgain);
    sessions.stream().filter(session -> !session.isClosing()).forEach(this::close);
    world.advance(END_NANOS);
    invariants.checkTraffic(sessions, mishaps.changes());
    sessions.forEach(invariants::checkEnded);
    invariants.checkNothingIsLeft();
  }

  /** I10: the session serves again. What is still broken may be found by the first requests. */
  private void askAgain(SimSession session) {
    SimCall call = null;
    for (int i = 0; i < 3; i++) {
      call = session.ask(tokens(1));
      world.runUntil(call.outcome()::isDone, call.timeoutNanos());
      if (call.outcome().isDone() && call.outcome().failure() == null) {
        world.count("served again");
        return;
      }
      // With one node there is nowhere else to go until it is connected again.
      world.advance(SimWorld.seconds(1));
    }
    throw new AssertionError(
        "I10: the third request in good weather fails, too: " + call, call.outcome().failure());
  }

  /** All servers of a run speak the same; returns the version that clients insist on, or null. */
  private ProtocolVersion prepareServers() {
    chaos.latePercent = storm * random.nextInt(4);
    chaos.neverPercent = storm * random.nextInt(3);
    chaos.errorPercent = storm * random.nextInt(8);
    chaos.closePercent = storm > 1 ? random.nextInt(4) : 0;
    chaos.damagePercent = storm > 1 ? random.nextInt(3) : 0;
    chaos.poisonPercent = storm > 1 ? random.nextInt(3) : 0;
    chaos.forgetPercent = storm * random.nextInt(5);
    chaos.alwaysUnprepared = random.nextInt(20) == 0;
    membership.lossPercent = random.nextInt(60);
    membership.doublePercent = random.nextInt(60);
    EnumSet<WireVersion> versions = EnumSet.of(WireVersion.V3);
    int highest = random.nextInt(3);
    if (highest > 0) {
      versions.add(WireVersion.V4);
    }
    if (highest > 1) {
      versions.add(WireVersion.V5);
    }
    int nodes = random.nextInt(1, 4);
    for (int i = 0; i < nodes + 2; i++) {
      SimServer server = new SimServer(world, SimClient.address(i), versions, chaos);
      servers.add(server);
      if (i < nodes) {
        membership.join(server);
        server.listen(network);
      }
    }
    return highest > 1 && random.nextBoolean() ? ProtocolVersion.V5 : null;
  }

  private void prepareSessions() {
    int number = random.nextInt(3) == 0 ? 2 : 1;
    for (int i = 0; i < number; i++) {
      SimSession session = new SimSession(world, network);
      SimSettings.roll(world, session.client(), storm == 0);
      session.client().forcedVersion = forcedVersion;
      sessions.add(session);
    }
  }

  private void planRequests() {
    for (int i = 0; i < count; ) {
      int burst = Math.min(count - i, random.nextInt(3) == 0 ? random.nextInt(1, 8) : 1);
      long token = tokens(burst);
      SimSession session = sessions.get(random.nextInt(sessions.size()));
      world.after(random.nextLong(ISSUE_NANOS), () -> session.issue(token, burst));
      i += burst;
    }
  }

  /** The first of some tokens that nobody else has. */
  private long tokens(int number) {
    nextToken += number;
    return nextToken - number + 1;
  }

  private void planMishaps() {
    if (random.nextInt(4) == 0) {
      world.after(random.nextLong(ISSUE_NANOS), this::holdUp);
    }
    for (int i = random.nextInt(3 * storm + 1); i > 0; i--) {
      world.after(random.nextLong(ISSUE_NANOS), mishaps::happen);
    }
    if (random.nextInt(4) == 0) {
      SimSession session = sessions.get(random.nextInt(sessions.size()));
      world.after(random.nextLong(ISSUE_NANOS), () -> close(session));
    }
  }

  private void holdUp() {
    long nanos = SimWorld.millis(random.nextLong(60, 500));
    world.count("process stands still");
    world.trace("everything is held up for %d ms", nanos / 1_000_000);
    invariants.addHeldUp(nanos);
    world.holdUp(nanos);
  }

  /** The storm is over: what is broken stays broken, but nothing new breaks. */
  private void clearUp() {
    world.trace("the weather clears up");
    chaos.calm();
    network.setWeather(() -> SimNetwork.Weather.CALM);
    mishaps.end();
  }

  private void close(SimSession session) {
    if (!session.isClosing()) {
      int lastWords = random.nextInt(4);
      session.close(random.nextBoolean(), tokens(lastWords), lastWords);
      if (storm > 0) {
        // Without a storm requests have limits that are longer than this.
        world.after(END_NANOS, () -> invariants.checkClosed(session));
      }
    }
  }
}
