package cqloop.netty.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.error.ConnectionFailed;
import cqloop.netty.conn.Opening;
import cqloop.netty.conn.OpeningGate;
import cqloop.netty.sim.Outcome;
import cqloop.netty.sim.SimLoop;
import cqloop.netty.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A18: who may open a connection, in virtual time. */
class NodeGateTest {

  private static final String NODE = "10.0.0.1:9042";
  private static final long PATIENCE = SimWorld.seconds(10);

  private final SimWorld world = new SimWorld(3);
  private final SimLoop keeper = new SimLoop(world);
  private final SimLoop loop = new SimLoop(world);
  private final NodeGate gate = new NodeGate(List.of(keeper));
  private final List<Outcome<OpeningGate.Pass>> turns = new ArrayList<>();
  private final List<Opening> openings = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    assertThat(world.planned()).as("timers and tasks that are left").isZero();
  }

  @Test
  void letsTwoInAndTheOthersInTheirTurn() {
    enter(NODE, 5);
    assertThat(inside()).containsExactly(0, 1);

    leave(1, true);
    assertThat(inside()).containsExactly(0, 1, 2);
    leave(0, false);
    assertThat(inside()).containsExactly(0, 1, 2, 3);
    leaveAll();
    assertThat(inside()).containsExactly(0, 1, 2, 3, 4);
    leave(4, true);
  }

  @Test
  void nodesDoNotWaitForEachOther() {
    enter(NODE, 2);
    enter("10.0.0.2:9042", 2);

    assertThat(inside()).containsExactly(0, 1, 2, 3);
    leaveAll();
  }

  @Test
  void aPassIsGivenBackOnce() {
    enter(NODE, 4);
    leave(0, true);
    leave(0, true);

    assertThat(inside()).containsExactly(0, 1, 2);
    leaveAll();
    leave(3, true);
  }

  @Test
  void whoGivesUpIsToldAtOnceAndTakesNoTurn() {
    enter(NODE, 4);
    loop.run(openings.get(2)::abort);

    assertThat(turns.get(2).failure())
        .isInstanceOf(ConnectionFailed.class)
        .hasMessageContaining(NODE)
        .hasMessageContaining("waited for its turn");
    leave(0, true);
    assertThat(inside()).containsExactly(0, 1, 3);
    leaveAll();
  }

  @Test
  void whoGivesUpWhileHeIsLetInLeaves() {
    enter(NODE, 3);
    loop.run(
        () -> {
          // The keeper is asked in this order, and has let the third one in when he gives up.
          turns.get(0).value().leave(true);
          openings.get(2).abort();
        });
    enter(NODE, 1);

    assertThat(turns.get(2).failure()).isInstanceOf(ConnectionFailed.class);
    assertThat(turns.get(2).completions()).isEqualTo(1);
    assertThat(inside()).containsExactly(0, 1, 3);
    leaveAll();
  }

  @Test
  void giveUpAfterTheTurnCameDoesNothing() {
    enter(NODE, 3);
    loop.run(openings.get(0)::abort);
    world.advance(1);

    assertThat(turns.get(0).completions()).isEqualTo(1);
    assertThat(inside()).containsExactly(0, 1);
    leaveAll();
    leave(2, true);
  }

  @Test
  void patienceEndsWhenNobodyGetsThrough() {
    enter(NODE, 3);
    world.advance(PATIENCE - 1000);
    assertThat(turns.get(2).isDone()).isFalse();
    world.advance(2000);

    assertThat(turns.get(2).failure())
        .isInstanceOf(ConnectionFailed.class)
        .hasMessageContaining("waited PT10S")
        .hasMessageContaining("none was opened");
    leaveAll();
  }

  @Test
  void whileOthersGetThroughNobodyLosesPatience() {
    enter(NODE, 20);
    for (int i = 0; i < 17; i++) {
      world.advance(PATIENCE / 2);
      leave(i, true);
    }

    assertThat(inside()).hasSize(19);
    assertThat(turns.get(19).isDone()).isFalse();
    world.advance(PATIENCE);
    assertThat(turns.get(19).failure()).isInstanceOf(ConnectionFailed.class);
    leave(17, true);
    leave(18, true);
  }

  @Test
  void withoutALimitItWaitsForEver() {
    loop.run(() -> ask(NODE, 0));
    loop.run(() -> ask(NODE, 0));
    loop.run(() -> ask(NODE, 0));
    world.advance(SimWorld.seconds(3600));

    assertThat(turns.get(2).isDone()).isFalse();
    leaveAll();
    assertThat(turns.get(2).value()).isNotNull();
    leave(2, true);
  }

  @Test
  void refusesMoreThanMayWait() {
    enter(NODE, NodeGate.MAX_OPENING + NodeGate.MAX_WAITING + 1);
    Outcome<OpeningGate.Pass> last = turns.get(turns.size() - 1);

    assertThat(last.failure())
        .isInstanceOf(ConnectionFailed.class)
        .hasMessageContaining("10000 connections to it wait already");
    loop.run(() -> openings.forEach(Opening::abort));
    leaveAll();
  }

  private void enter(String endpoint, int count) {
    loop.run(
        () -> {
          for (int i = 0; i < count; i++) {
            ask(endpoint, PATIENCE);
          }
        });
    world.advance(1);
  }

  private void ask(String endpoint, long patience) {
    Outcome<OpeningGate.Pass> turn = new Outcome<>(world);
    turns.add(turn);
    openings.add(gate.enter(loop, endpoint, patience, turn));
  }

  private void leave(int turn, boolean opened) {
    loop.run(() -> turns.get(turn).value().leave(opened));
    world.advance(1);
  }

  private void leaveAll() {
    inside().forEach(turn -> leave(turn, true));
  }

  /** Those who have been let in, whether they have left or not. */
  private List<Integer> inside() {
    List<Integer> inside = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      if (turns.get(i).isDone() && turns.get(i).failure() == null) {
        inside.add(i);
      }
    }
    return inside;
  }
}
