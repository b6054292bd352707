package cqloop.netty.sim;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.BatchStatement;
import cqloop.PreparedStatement;
import cqloop.ProtocolVersion;
import cqloop.RowSet;
import cqloop.SimpleStatement;
import cqloop.Statement;
import cqloop.error.CqlException;
import cqloop.netty.conn.Connection;
import cqloop.spi.FailedAttempt;
import cqloop.spi.RetryDecision;
import cqloop.spi.RetryVerdict;
import cqloop.testkit.fake.WireVersion;
import io.vertx.core.Completable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Not shared. One run: a client and a few servers in a weather that the seed decides, some hundred
 * requests, and then the promises of the driver (spec/faults.md, 0.2) checked one by one.
 */
final class Simulation {

  private static final long GRACE_NANOS = SimWorld.millis(100);
  private static final long ISSUE_NANOS = SimWorld.seconds(4);
  private static final long CALM_NANOS = SimWorld.seconds(5);
  private static final long QUIET_NANOS = SimWorld.seconds(20);

  /** Value. What is known of one request when it is made. */
  private record Expected(
      long token, long timeoutNanos, boolean idempotent, Outcome<RowSet> outcome) {}

  private final SimWorld world;
  private final SplittableRandom random;
  private final SimLoop loop;
  private final SimNetwork network;
  private final SimClient client;
  private final Chaos chaos;
  private final List<SimServer> servers = new ArrayList<>();
  private final List<Expected> requests = new ArrayList<>();
  private final List<PreparedStatement> prepared = new ArrayList<>();
  private final List<Outcome<PreparedStatement>> preparing = new ArrayList<>();
  private final int storm;
  private final int count;
  private long heldUpNanos;
  private boolean closing;

  Simulation(long seed) {
    world = new SimWorld(seed);
    random = world.random();
    loop = new SimLoop(world);
    network = new SimNetwork(world, SimWorld.seconds(2));
    client = new SimClient(network, loop);
    client.timeoutNanos = SimWorld.millis(random.nextLong(50, 1500));
    chaos = new Chaos(world, client.timeoutNanos);
    storm = random.nextInt(4);
    count = random.nextInt(20, 200);
  }

  SimWorld world() {
    return world;
  }

  /** Adds what became of the requests, by class of the failure. */
  void countOutcomes(Map<String, Integer> counts) {
    for (Expected request : requests) {
      Throwable failure = request.outcome().failure();
      counts.merge(failure == null ? "rows" : failure.getClass().getSimpleName(), 1, Integer::sum);
    }
    counts.merge("PREPARE again", Math.max(0, chaos.prepares() - preparing.size()), Integer::sum);
  }

  void run() {
    prepareClient();
    prepareServers();
    network.setWeather(
        new Storm(random, storm, client.forcedVersion == ProtocolVersion.V5)::weather);
    client.start(servers.size());
    for (int i = 0; i < 3; i++) {
      preparing.add(client.prepare("SELECT v, pad FROM t" + i + " WHERE k = ?"));
    }
    for (int i = 0; i < count; ) {
      int burst = Math.min(count - i, random.nextInt(3) == 0 ? random.nextInt(1, 8) : 1);
      long token = i + 1;
      world.after(random.nextLong(ISSUE_NANOS), () -> issue(token, burst));
      i += burst;
    }
    if (random.nextInt(4) == 0) {
      world.after(random.nextLong(ISSUE_NANOS), this::holdUp);
    }
    for (int i = random.nextInt(3 * storm + 1); i > 0; i--) {
      world.after(
          random.nextLong(ISSUE_NANOS), random.nextBoolean() ? this::restart : this::resize);
    }
    boolean early = random.nextInt(4) == 0;
    if (early) {
      world.after(random.nextLong(ISSUE_NANOS), () -> close(random.nextBoolean()));
    }
    world.advance(ISSUE_NANOS + QUIET_NANOS);
    if (!early) {
      checkStreams();
      close(random.nextBoolean());
      world.advance(storm == 0 ? CALM_NANOS : QUIET_NANOS);
    }
    requests.forEach(this::checkRequest);
    preparing.forEach(outcome -> assertThat(outcome.completions()).isEqualTo(1));
    checkTraffic();
    checkNothingIsLeft();
  }

  private void prepareClient() {
    client.attemptTimeoutNanos =
        random.nextInt(3) == 0 ? 1 + random.nextLong(client.timeoutNanos) : 0;
    client.maxInFlight = random.nextInt(3) == 0 ? random.nextInt(1, 8) : 1024;
    client.maxOrphans = random.nextInt(1, 40);
    client.queueSize = random.nextInt(3) == 0 ? random.nextInt(20) : 1000;
    client.connectionsPerNode = random.nextInt(1, 4);
    client.maxAttempts = random.nextInt(1, 6);
    client.heartbeatNanos = random.nextBoolean() ? 0 : SimWorld.millis(random.nextLong(50, 3000));
    client.idleNanos = random.nextBoolean() ? 0 : 2 * client.heartbeatNanos;
    client.handshakeNanos = SimWorld.millis(random.nextLong(200, 5000));
    client.keyspace = random.nextBoolean() ? null : "Shop";
    client.compression = random.nextInt(3) == 0 ? "lz4" : null;
    if (storm == 0) {
      // Limits that are never reached: whatever is left of them is a leak.
      client.timeoutNanos = SimWorld.seconds(300);
      client.attemptTimeoutNanos = random.nextBoolean() ? SimWorld.seconds(200) : 0;
      client.handshakeNanos = SimWorld.seconds(300);
      client.heartbeatNanos = SimWorld.seconds(200);
      client.idleNanos = SimWorld.seconds(300);
    }
    long backOff = random.nextLong(1, 500);
    client.reconnection = () -> () -> backOff;
    if (random.nextInt(3) == 0) {
      client.retry = this::anyVerdict;
    }
    if (random.nextInt(3) == 0) {
      long delay = SimWorld.millis(random.nextLong(100));
      int most = random.nextInt(1, 3);
      client.speculation = (node, started) -> started < most ? delay : -1;
    }
  }

  /** What the worst policy may say, within what it is asked. */
  private RetryVerdict anyVerdict(FailedAttempt failure) {
    RetryDecision decision = RetryDecision.values()[random.nextInt(3)];
    long delay = random.nextInt(3) == 0 ? random.nextLong(50) : 0;
    return new RetryVerdict(decision, delay, null);
  }

  private void prepareServers() {
    chaos.latePercent = storm * random.nextInt(4);
    chaos.neverPercent = storm * random.nextInt(3);
    chaos.errorPercent = storm * random.nextInt(8);
    chaos.closePercent = storm > 1 ? random.nextInt(4) : 0;
    chaos.damagePercent = storm > 1 ? random.nextInt(3) : 0;
    chaos.forgetPercent = storm * random.nextInt(5);
    chaos.alwaysUnprepared = random.nextInt(20) == 0;
    EnumSet<WireVersion> versions = EnumSet.of(WireVersion.V3);
    int highest = random.nextInt(3);
    if (highest > 0) {
      versions.add(WireVersion.V4);
    }
    if (highest > 1) {
      versions.add(WireVersion.V5);
    }
    if (highest > 1 && random.nextBoolean()) {
      client.forcedVersion = ProtocolVersion.V5;
    }
    int nodes = random.nextInt(1, 4);
    for (int i = 0; i < nodes; i++) {
      SimServer server = new SimServer(world, SimClient.address(i), versions, chaos);
      servers.add(server);
      server.listen(network);
    }
  }

  /** Makes some requests in one turn of the loop. */
  private void issue(long firstToken, int burst) {
    loop.run(
        () -> {
          for (int i = 0; i < burst; i++) {
            issue(firstToken + i);
          }
        });
  }

  private void issue(long token) {
    boolean idempotent = random.nextBoolean();
    long timeoutNanos =
        random.nextBoolean() ? client.timeoutNanos : SimWorld.millis(random.nextLong(5, 1000));
    Statement<?> statement = statement(token).withIdempotent(idempotent);
    if (timeoutNanos != client.timeoutNanos) {
      statement = statement.withTimeout(Duration.ofNanos(timeoutNanos));
    }
    Outcome<RowSet> outcome = new Outcome<>(world);
    Expected expected = new Expected(token, timeoutNanos, idempotent, outcome);
    requests.add(expected);
    world.trace("request %d begins, %s", token, idempotent ? "idempotent" : "once");
    client.execute(statement, traced(expected));
  }

  private Completable<RowSet> traced(Expected expected) {
    return (rows, failure) -> {
      world.trace("request %d ends: %s", expected.token(), failure == null ? "rows" : failure);
      expected.outcome().complete(rows, failure);
    };
  }

  private Statement<?> statement(long token) {
    if (prepared.isEmpty()) {
      preparing.stream()
          .filter(outcome -> outcome.isDone() && outcome.failure() == null)
          .forEach(outcome -> prepared.add(outcome.value()));
    }
    int kind = random.nextInt(prepared.isEmpty() ? 3 : 8);
    SimpleStatement text = SimpleStatement.of("SELECT v, pad FROM t WHERE k = " + token);
    return switch (kind) {
      case 0 -> text;
      case 1 -> SimpleStatement.of("SELECT v, pad FROM t WHERE k = ?", token);
      case 2 -> BatchStatement.logged(text, text);
      case 3 -> BatchStatement.unlogged(bound(token), bound(token));
      default -> bound(token);
    };
  }

  private Statement<?> bound(long token) {
    return prepared.get(random.nextInt(prepared.size())).bind(token);
  }

  /** A server goes away and comes back. */
  private void restart() {
    SimServer server = servers.get(random.nextInt(servers.size()));
    world.trace("%s goes away", server.address());
    network.stopListening(server.address());
    for (SimServerConnection connection : server.connections()) {
      if (random.nextBoolean()) {
        connection.link().resetByServer();
      } else {
        connection.link().closeByServer();
      }
    }
    world.after(random.nextLong(SimWorld.seconds(2)), () -> server.listen(network));
  }

  /** Nodes leave the topology, or come back to it. */
  private void resize() {
    int nodes = random.nextInt(8) == 0 ? 0 : random.nextInt(1, servers.size() + 1);
    world.trace("the cluster has %d nodes", nodes);
    loop.run(() -> client.engine().onTopology(SimClient.topology(nodes)));
  }

  private void holdUp() {
    heldUpNanos = SimWorld.millis(random.nextLong(60, 500));
    world.trace("everything is held up for %d ms", heldUpNanos / 1_000_000);
    world.holdUp(heldUpNanos);
  }

  private void close(boolean now) {
    closing = true;
    world.trace("the client closes, %s", now ? "now" : "when idle");
    loop.run(
        () -> {
          if (random.nextBoolean()) {
            // Written in the turn that closes, so not flushed yet.
            issue(count + 1, random.nextInt(1, 4));
          }
          if (now) {
            client.engine().closeNow();
          } else {
            client.engine().closeWhenIdle();
          }
        });
  }

  private void checkRequest(Expected request) {
    Outcome<RowSet> outcome = request.outcome();
    String name = "request " + request.token();
    assertThat(outcome.completions()).as(name + ": completions").isEqualTo(1);
    assertThat(outcome.elapsedNanos())
        .as(name + ": time until it completes")
        .isLessThanOrEqualTo(request.timeoutNanos() + GRACE_NANOS + heldUpNanos);
    int executions = chaos.executions(request.token());
    if (outcome.failure() == null) {
      if (outcome.value().size() > 0) {
        assertThat(outcome.value().first().getLong("v"))
            .as(name + ": the answer is its own")
            .isEqualTo(request.token());
        assertThat(executions).as(name + ": executions").isPositive();
      }
    } else {
      assertThat(outcome.failure()).as(name).isInstanceOf(CqlException.class);
      CqlException failure = (CqlException) outcome.failure();
      if (!failure.mayHaveBeenExecuted()) {
        assertThat(executions)
            .as(name + ": executions, though it failed as not executed with " + failure)
            .isZero();
      }
    }
    if (!request.idempotent()) {
      assertThat(executions).as(name + ": executions, is not idempotent").isLessThan(2);
    }
    // Each attempt may be sent again once per prepared statement of a batch.
    assertThat(chaos.arrivals(request.token()))
        .as(name + ": copies on the wire")
        .isLessThanOrEqualTo(client.maxAttempts * 3);
  }

  private void checkTraffic() {
    assertThat(chaos.prepares())
        .as("PREPARE is sent once per UNPREPARED, and for each text")
        .isLessThanOrEqualTo(chaos.unprepared() + preparing.size() * client.maxAttempts);
  }

  /** Every stream id that is still taken belongs to an answer that a server owes. */
  private void checkStreams() {
    int taken = 0;
    int orphans = 0;
    for (Connection connection : client.engine().connections()) {
      taken += connection.inFlight();
      orphans += connection.orphans();
    }
    assertThat(taken).as("stream ids taken when no request runs").isEqualTo(orphans);
    int owed = 0;
    boolean stalled = false;
    for (SimServer server : servers) {
      for (SimServerConnection connection : server.connections()) {
        if (connection.link().isClientOpen()) {
          owed += connection.owed();
          stalled |= connection.link().hasStalled();
        }
      }
    }
    if (!stalled) {
      assertThat(orphans).as("orphans, against answers owed").isLessThanOrEqualTo(owed);
    }
    assertThat(client.engine().room().waiting()).as("requests in the queue").isZero();
    assertThat(client.engine().running()).as("requests that run").isZero();
    if (storm == 0) {
      // In a storm a handshake may be under way, which has its deadline.
      assertThat(client.engine().deadlines().isEmpty()).as("no deadline waits").isTrue();
    }
  }

  private void checkNothingIsLeft() {
    assertThat(closing).isTrue();
    assertThat(client.engine().running()).as("requests that run").isZero();
    assertThat(client.engine().room().waiting()).as("requests in the queue").isZero();
    assertThat(client.engine().deadlines().isEmpty()).as("no deadline waits").isTrue();
    for (SimLink link : network.links()) {
      assertThat(link.isClientOpen()).as("link %d is open", link.number()).isFalse();
    }
    assertThat(network.allocator().held()).as("buffers not released").isZero();
    assertThat(world.planned()).as("timers and tasks that are left").isZero();
  }
}
