package cqloop.netty.sim;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.RowSet;
import cqloop.error.AttemptFailure;
import cqloop.error.CqlException;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.pool.NodePool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Not shared. The promises of the driver, checked after a run; their numbers are those of
 * docs/reliability.md. Of the twelve, two cannot be seen here: I7 (no event loop is blocked) is
 * held by {@code LoopGuard} in every test on real loops, I12 (secrets) by the tests of TLS and
 * log-in. I1 is seen here without the context of the caller, which {@code ContextsIT} adds.
 */
final class Invariants {

  private static final long GRACE_NANOS = SimWorld.millis(100);

  /** More than any simulated cluster has. */
  private static final int MAX_NODES = 256;

  private final SimWorld world;
  private final SimNetwork network;
  private final SimMembership membership;
  private final Chaos chaos;
  private long heldUpNanos;
  private int converged;

  Invariants(SimWorld world, SimNetwork network, SimMembership membership, Chaos chaos) {
    this.world = world;
    this.network = network;
    this.membership = membership;
    this.chaos = chaos;
  }

  /** The whole process stood still: nobody can be in time. */
  void addHeldUp(long nanos) {
    heldUpNanos += nanos;
  }

  /** How many sessions were seen to know the cluster as it is. */
  int converged() {
    return converged;
  }

  /** Tells whether a session that follows the cluster has connections to every node it knows. */
  boolean isConnected(SimSession session) {
    SimClient client = session.client();
    if (session.isClosing() || !session.followsCluster()) {
      return true;
    }
    for (Node node : client.shared().topology().nodes()) {
      NodePool pool = client.engine().pool(node);
      if (pool != null && pool.connections().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The weather is good for long: the session is well, and owes nothing. */
  void checkSettled(SimSession session) {
    i8BrokenFramingEndsConnections();
    i6NoStreamIsLost(session);
    i10ConvergesToTheTruth(session);
  }

  void checkEnded(SimSession session) {
    LoopEngine engine = session.client().engine();
    for (SimCall call : session.calls()) {
      i1CompletesOnceInTime(call);
      i2AnswerIsItsOwn(call);
      i3NotTwice(call);
      i4BoundedAttempts(session, call);
      i9FailureIsTyped(call);
    }
    session
        .preparing()
        .forEach(outcome -> assertThat(outcome.completions()).as("I1: prepare").isEqualTo(1));
    assertThat(engine.running()).as("I6: requests that run").isZero();
    assertThat(engine.room().waiting()).as("I6: requests in the queue").isZero();
    assertThat(engine.deadlines().isEmpty()).as("I6: no deadline waits").isTrue();
  }

  /** I6: what was being opened is given up, in the middle of the storm too. */
  void checkClosed(SimSession session) {
    for (SimLink link : network.links()) {
      if (link.loop() == session.loop()) {
        assertThat(link.isClientOpen()).as("I6: link %d is open", link.number()).isFalse();
      }
    }
    assertThat(session.client().engine().deadlines().isEmpty()).as("I6: no deadline").isTrue();
  }

  void checkTraffic(List<SimSession> sessions, int changes) {
    i4BoundedPrepares(sessions);
    i5BoundedMemory();
    sessions.forEach(session -> i11BoundedConnects(session, changes));
  }

  /** I6: at the end nothing is left of any session. */
  void checkNothingIsLeft() {
    for (SimLink link : network.links()) {
      assertThat(link.isClientOpen()).as("I6: link %d is open", link.number()).isFalse();
    }
    assertThat(network.allocator().held()).as("I6: buffers not released").isZero();
    assertThat(world.planned()).as("I6: timers and tasks that are left").isZero();
  }

  private void i1CompletesOnceInTime(SimCall call) {
    int completions = call.outcome().completions();
    require(completions == 1, "I1: completed %d times", call, completions);
    long late = call.outcome().elapsedNanos() - call.timeoutNanos() - heldUpNanos;
    require(late <= GRACE_NANOS, "I1: completed %d ns after its limit", call, late);
  }

  private void i2AnswerIsItsOwn(SimCall call) {
    if (call.outcome().failure() != null || call.outcome().value().size() == 0) {
      return;
    }
    RowSet rows = call.outcome().value();
    List<Long> values = new ArrayList<>(rows.size());
    rows.forEach(row -> values.add(row.getLong("v")));
    boolean ofPages = rows.columns().indexOf("pad") < 0;
    List<Long> own = ofPages ? Chaos.rowsOfPage(call.token(), call.page()) : List.of(call.token());
    require(values.equals(own), "I2: it got the rows %s", call, values);
    int executions = chaos.executions(call.token(), call.page());
    require(executions > 0, "I2: it got rows after %d executions", call, executions);
  }

  private void i3NotTwice(SimCall call) {
    int executions = chaos.executions(call.token(), call.page());
    require(call.idempotent() || executions < 2, "I3: executed %d times", call, executions);
    if (call.outcome().failure() instanceof CqlException failure
        && !failure.mayHaveBeenExecuted()) {
      require(executions == 0, "I9: was executed, though it failed with %s", call, failure);
    }
  }

  /** I4: each attempt may be sent again once per prepared statement of a batch. */
  private void i4BoundedAttempts(SimSession session, SimCall call) {
    int copies = chaos.arrivals(call.token(), call.page());
    require(copies <= session.client().maxAttempts * 3, "I4: %d copies sent", call, copies);
  }

  /** As an assertion, but cheap: there are millions of them. */
  private static void require(boolean holds, String broken, SimCall call, Object detail) {
    if (!holds) {
      throw new AssertionError(broken.formatted(detail) + ": " + call);
    }
  }

  private void i4BoundedPrepares(List<SimSession> sessions) {
    int first = 0;
    for (SimSession session : sessions) {
      first += session.preparing().size() * session.client().maxAttempts;
    }
    assertThat(chaos.prepares())
        .as("I4: PREPARE is sent once per UNPREPARED, and for each text")
        .isLessThanOrEqualTo(chaos.unprepared() + first);
  }

  /** I5: what is held follows what was received, not what servers claim. */
  private void i5BoundedMemory() {
    long bytes = 0;
    for (SimLink link : network.links()) {
      bytes += link.bytes() + (64 << 10);
    }
    assertThat(network.allocator().mostHeldBytes())
        .as("I5: most bytes held at one moment")
        .isLessThanOrEqualTo(2 * bytes);
  }

  private void i8BrokenFramingEndsConnections() {
    for (SimLink link : chaos.poisoned()) {
      if (!link.hasStalled()) {
        assertThat(link.isClientOpen()).as("I8: link %d is open", link.number()).isFalse();
      }
    }
  }

  private static void i9FailureIsTyped(SimCall call) {
    Throwable failure = call.outcome().failure();
    if (failure == null) {
      return;
    }
    require(failure instanceof CqlException, "I9: failed with %s", call, failure);
    require(!failure.getMessage().isBlank(), "I9: no message of %s", call, failure);
    for (AttemptFailure attempt : ((CqlException) failure).attempts()) {
      require(attempt.node().contains(":"), "I9: attempt without node in %s", call, failure);
      require(attempt.error() != null, "I9: attempt without error in %s", call, failure);
    }
  }

  /** Every stream id that is still taken belongs to an answer that a server owes. */
  private static void i6NoStreamIsLost(SimSession session) {
    int taken = 0;
    int orphans = 0;
    for (Connection connection : session.client().engine().connections()) {
      taken += connection.inFlight();
      orphans += connection.orphans();
    }
    assertThat(taken).as("I6: stream ids taken when no request runs").isEqualTo(orphans);
    int loads = 0;
    for (int node = 0; node < MAX_NODES; node++) {
      loads += session.client().engine().loads().of(node);
    }
    assertThat(loads).as("I6: the loads of all nodes").isEqualTo(taken);
  }

  /** I10: a session that follows the cluster knows it; every session is served again. */
  private void i10ConvergesToTheTruth(SimSession session) {
    SimClient client = session.client();
    if (session.followsCluster()) {
      Map<UUID, String> known = new TreeMap<>();
      for (Node node : client.shared().topology().nodes()) {
        known.put(node.hostId(), node.endpoint());
        NodePool pool = client.engine().pool(node);
        assertThat(pool).as("I10: pool of %s", node).isNotNull();
        assertThat(pool.connections()).as("I10: connections of %s", node).isNotEmpty();
      }
      assertThat(known).as("I10: nodes").isEqualTo(membership.truth());
      converged++;
    }
  }

  /**
   * I11: a node is asked again by the schedule, and not in between. Within a second each connection
   * that was made may be lost and made again at once, and each event may hurry one attempt.
   */
  private void i11BoundedConnects(SimSession session, int changes) {
    Map<String, List<Long>> tries = new TreeMap<>();
    for (SimNetwork.Connect connect : network.connects()) {
      if (connect.loop() == session.loop()) {
        tries
            .computeIfAbsent(SimMembership.endpoint(connect.address()), any -> new ArrayList<>())
            .add(connect.atNanos());
      }
    }
    int made = 0;
    for (SimLink link : network.links()) {
      made += link.loop() == session.loop() ? 1 : 0;
    }
    long bySchedule = 2 * (1 + 1000 / session.client().reconnectMillis);
    long most = made + bySchedule + 4L * changes;
    tries.forEach(
        (endpoint, times) ->
            assertThat(mostInOneSecond(times))
                .as("I11: attempts to connect to %s in one second", endpoint)
                .isLessThanOrEqualTo(most));
  }

  private static long mostInOneSecond(List<Long> times) {
    int most = 0;
    int from = 0;
    for (int i = 0; i < times.size(); i++) {
      while (times.get(i) - times.get(from) > SimWorld.seconds(1)) {
        from++;
      }
      most = Math.max(most, i - from + 1);
    }
    return most;
  }
}
