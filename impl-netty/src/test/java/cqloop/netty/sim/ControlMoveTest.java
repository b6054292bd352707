package cqloop.netty.sim;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.testkit.fake.Errors;
import cqloop.testkit.fake.Opcode;
import cqloop.testkit.fake.Replies;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the control connection, by the clock of a simulation. Scenarios A19, B1, B2. */
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

  @Test
  void afterAThousandLossesThereIsExactlyOne() {
    session.start(3, SimWorld.seconds(300));
    world.advance(SimWorld.seconds(2));
    for (int round = 0; round < 1000; round++) {
      onlyOne().link().resetByServer();
      world.advance(SimWorld.millis(550));
      onlyOne();
    }
    session.close(true, 0, 0);
    world.advance(SimWorld.seconds(10));
    assertThat(holders()).isEmpty();
  }

  /** Scenario B2: a reading takes three seconds while the node announces a million changes. */
  @Test
  void aStormOfEventsIsOneReadingAfterTheOther() {
    session.start(3, SimWorld.seconds(300));
    world.advance(SimWorld.seconds(2));
    SimServerConnection control = onlyOne();
    List<Long> readings = new ArrayList<>();
    control
        .server()
        .setScript(
            (connection, request) -> {
              if (request.text().startsWith("SELECT * FROM system.local")) {
                readings.add(world.nanoTime());
              }
              world.after(SimWorld.seconds(1), () -> trio.answer(connection, request));
            });
    InetSocketAddress known = new InetSocketAddress("10.0.0.2", 9042);
    InetSocketAddress unknown = new InetSocketAddress("10.0.0.77", 9042);
    for (int i = 0; i < 100; i++) {
      for (int n = 0; n < 2_500; n++) {
        control.send(Replies.topologyEvent("NEW_NODE", unknown), -1);
        control.send(Replies.topologyEvent("REMOVED_NODE", known), -1);
        control.send(Replies.statusEvent("UP", unknown), -1);
        control.send(Replies.schemaEvent("UPDATED", "TABLE", "ks", "t" + n), -1);
      }
      world.advance(SimWorld.millis(100));
    }
    assertThat(readings).as("in ten seconds").hasSizeBetween(2, 4);
    int before = readings.size();
    world.advance(SimWorld.seconds(30));
    assertThat(readings.size() - before).as("after the storm").isLessThanOrEqualTo(2);
    assertThat(onlyOne()).isSameAs(control);
    session.close(true, 0, 0);
    world.advance(SimWorld.seconds(10));
  }

  /** Scenario A19: nodes that take connections and cannot be followed, for five minutes. */
  @Test
  void nodesThatCannotBeFollowedAreAskedByScheduleAndWarnedOfOnceAMinute() {
    List<Long> asked = new ArrayList<>();
    for (SimServer server : trio.servers) {
      server.setScript(
          (connection, request) -> {
            if (request.opcode() == Opcode.REGISTER) {
              asked.add(world.nanoTime());
              connection.answer(request, Errors.error(Errors.SERVER_ERROR, "no"));
            } else {
              Scripts.answerAtOnce(connection, request);
            }
          });
    }
    List<String> lines = new ArrayList<>();
    Logger logger = Logger.getLogger("cqloop.netty.cluster.ControlConnection");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {
            // Nothing is written.
          }

          @Override
          public void close() {
            // Nothing is held.
          }
        };
    logger.addHandler(handler);
    try {
      session.start(3, SimWorld.seconds(300));
      world.advance(SimWorld.seconds(300));
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(asked).as("tries of three nodes").hasSizeBetween(30, 1000);
    assertThat(lines).as("one a minute for each").hasSizeBetween(12, 18);
    assertThat(lines).anyMatch(line -> line.contains(" was kept quiet "));
    session.close(true, 0, 0);
    world.advance(SimWorld.seconds(10));
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
