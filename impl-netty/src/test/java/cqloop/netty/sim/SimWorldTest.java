package cqloop.netty.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The simulated loop keeps the promises of a real one. */
class SimWorldTest {

  private final SimWorld world = new SimWorld(1);
  private final SimLoop loop = new SimLoop(world);
  private final List<String> happened = new ArrayList<>();

  @Test
  void tasksRunInOrderAndTimersAtTheirTime() {
    loop.schedule(() -> happened.add("later"), 20, TimeUnit.MILLISECONDS);
    loop.schedule(() -> happened.add("sooner"), 10, TimeUnit.MILLISECONDS);
    loop.execute(() -> loop.execute(() -> happened.add("nested")));
    loop.execute(() -> happened.add("next"));
    assertThat(happened).isEmpty();
    world.advance(SimWorld.millis(10));
    assertThat(happened).containsExactly("next", "nested", "sooner");
    world.advance(SimWorld.millis(10));
    assertThat(happened).endsWith("later");
    assertThat(world.planned()).isZero();
  }

  @Test
  void aCancelledTimerIsGone() {
    ScheduledFuture<?> timer = loop.schedule(() -> happened.add("never"), 1, TimeUnit.SECONDS);
    assertThat(world.planned()).isEqualTo(1);
    assertThat(timer.cancel(false)).isTrue();
    assertThat(world.planned()).isZero();
    world.advance(SimWorld.seconds(2));
    assertThat(happened).isEmpty();
  }

  @Test
  void aRepeatedTimerRepeatsUntilItIsCancelled() {
    ScheduledFuture<?> timer =
        loop.scheduleAtFixedRate(() -> happened.add("tick"), 1, 2, TimeUnit.SECONDS);
    world.advance(SimWorld.seconds(6));
    assertThat(happened).hasSize(3);
    timer.cancel(false);
    world.advance(SimWorld.seconds(6));
    assertThat(happened).hasSize(3);
    assertThat(world.planned()).isZero();
  }

  @Test
  void onlyItsTasksAreOnTheLoop() {
    SimLoop other = new SimLoop(world);
    List<Boolean> inside = new ArrayList<>();
    loop.execute(
        () -> {
          inside.add(loop.inEventLoop());
          inside.add(other.inEventLoop());
        });
    world.advance(1);
    assertThat(inside).containsExactly(true, false);
    assertThat(loop.inEventLoop()).isFalse();
  }

  @Test
  void whatATaskThrowsEndsTheRun() {
    loop.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    assertThatThrownBy(() -> world.advance(1)).hasMessage("broken");
  }

  @Test
  void heldUpTimersRunLate() {
    loop.schedule(
        () -> happened.add("at " + world.elapsedNanos() / SimWorld.millis(1)),
        10,
        TimeUnit.MILLISECONDS);
    world.after(SimWorld.millis(5), () -> world.holdUp(SimWorld.millis(100)));
    world.advance(SimWorld.millis(200));
    assertThat(happened).containsExactly("at 105");
  }
}
