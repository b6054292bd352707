package cqloop.netty.loop;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.netty.sim.SimLoop;
import cqloop.netty.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private final SimWorld world = new SimWorld(1);
  private final SimLoop loop = new SimLoop(world);
  private final Deadlines deadlines = new Deadlines(loop);
  private final List<String> passed = new ArrayList<>();

  @Test
  void passesInTheOrderOfTheirMoments() {
    add("slow", 300);
    add("fast", 100);
    add("second fast", 100);
    world.advance(SimWorld.millis(99));
    assertThat(passed).isEmpty();
    world.advance(SimWorld.millis(2));
    assertThat(passed).containsExactly("fast", "second fast");
    world.advance(SimWorld.millis(200));
    assertThat(passed).containsExactly("fast", "second fast", "slow");
    assertThat(deadlines.isEmpty()).isTrue();
    assertThat(world.planned()).as("timers left").isZero();
  }

  @Test
  void doesNotPassAfterItWasCancelled() {
    Recorded first = add("first", 100);
    add("second", 100);
    loop.run(() -> deadlines.cancel(first));
    loop.run(() -> deadlines.cancel(first));
    world.advance(SimWorld.seconds(1));
    assertThat(passed).containsExactly("second");
    assertThat(deadlines.isEmpty()).isTrue();
  }

  @Test
  void keepsItsTimeBeyondTheLimitOfDistinctDurations() {
    List<String> expected = new ArrayList<>();
    int count = 3 * Deadlines.MAX_QUEUES;
    // The longest first, so that each one must find its place before others.
    for (int i = count; i > 0; i--) {
      add("after " + i, 10L * i);
    }
    for (int i = 1; i <= count; i++) {
      expected.add("after " + i);
    }
    for (int i = 1; i <= count; i++) {
      world.advance(SimWorld.millis(10));
      assertThat(passed).hasSizeBetween(i - 1, i);
    }
    world.advance(SimWorld.millis(2));
    assertThat(passed).isEqualTo(expected);
    assertThat(deadlines.isEmpty()).isTrue();
  }

  @Test
  void forgetsDurationsThatNobodyWaitsFor() {
    for (int i = 1; i <= 10 * Deadlines.MAX_QUEUES; i++) {
      Recorded deadline = add("never", i);
      loop.run(() -> deadlines.cancel(deadline));
    }
    add("now", 5);
    world.advance(SimWorld.millis(6));
    assertThat(passed).containsExactly("now");
  }

  @Test
  void letsArrivedBytesBeReadBeforeALateTimerCounts() {
    Recorded answered = add("answered", 100);
    world.after(SimWorld.millis(50), () -> world.holdUp(SimWorld.millis(500)));
    // What a selector hands over in the same turn as the timers.
    world.after(SimWorld.millis(100), () -> loop.run(() -> deadlines.cancel(answered)));
    world.advance(SimWorld.seconds(1));
    assertThat(passed).isEmpty();
  }

  @Test
  void keepsTheNextMomentWhenALaterOneIsAddedWhileOnePasses() {
    Recorded adding =
        new Recorded("adds") {
          @Override
          protected void onDeadline() {
            super.onDeadline();
            deadlines.add(new Recorded("much later"), deadlines.nanoTime(), SimWorld.seconds(10));
          }
        };
    loop.run(() -> deadlines.add(adding, deadlines.nanoTime(), SimWorld.millis(100)));
    add("next", 150);
    world.advance(SimWorld.millis(200));
    assertThat(passed).containsExactly("adds", "next");
  }

  @Test
  void keepsTheNextMomentWhenALaterOneIsAddedWhileALateTimerWaits() {
    add("due", 100);
    add("next", 400);
    world.after(SimWorld.millis(50), () -> world.holdUp(SimWorld.millis(200)));
    // Runs between the late timer and what it puts off.
    world.after(SimWorld.millis(100), () -> add("much later", 10_000));
    world.advance(SimWorld.millis(500));
    assertThat(passed).containsExactly("due", "next");
  }

  @Test
  void anOpenDeadlineRunsFromTheEndOfItsTurn() {
    add("timer runs", 1000);
    addOpen("open", 100);
    addOpen("open too", 100);
    world.advance(SimWorld.millis(50));
    loop.run(deadlines::startOpen);
    world.advance(SimWorld.millis(99));
    assertThat(passed).isEmpty();
    world.advance(SimWorld.millis(2));
    assertThat(passed).containsExactly("open", "open too");
  }

  @Test
  void anOpenDeadlineOfWhichNoTurnEndsRunsFromTheNextTimer() {
    add("first", 100);
    addOpen("forgotten", 30);
    world.advance(SimWorld.millis(129));
    assertThat(passed).containsExactly("first");
    world.advance(SimWorld.millis(2));
    assertThat(passed).containsExactly("first", "forgotten");
    assertThat(deadlines.isEmpty()).isTrue();
  }

  @Test
  void theFirstDeadlineOfAllIsNeverLeftOpen() {
    addOpen("only", 100);
    world.advance(SimWorld.millis(101));
    assertThat(passed).containsExactly("only");
  }

  @Test
  void anOpenDeadlineCanBeTakenBack() {
    add("timer runs", 1000);
    Recorded first = addOpen("first", 100);
    Recorded second = addOpen("second", 100);
    addOpen("third", 100);
    loop.run(() -> deadlines.cancel(second));
    loop.run(() -> deadlines.cancel(first));
    loop.run(deadlines::startOpen);
    world.advance(SimWorld.millis(101));
    assertThat(passed).containsExactly("third");
  }

  @Test
  void aDeadlineAddedBehindAnOpenOnePassesAfterIt() {
    add("timer runs", 1000);
    addOpen("open", 100);
    add("known", 100);
    world.advance(SimWorld.millis(101));
    assertThat(passed).containsExactly("open", "known");
  }

  @Test
  void tellsWhenTheTimeOfADeadlineBegan() {
    add("timer runs", 1000);
    Recorded open = addOpen("open", 100);
    Recorded takenBack = addOpen("taken back", 100);
    loop.run(() -> deadlines.cancel(takenBack));
    world.advance(SimWorld.millis(10));
    long asked = deadlines.nanoTime();
    loop.run(
        () -> {
          assertThat(deadlines.startOf(takenBack, SimWorld.millis(100))).isEqualTo(asked);
          assertThat(deadlines.startOf(open, SimWorld.millis(100))).isEqualTo(asked);
        });
    world.advance(SimWorld.millis(50));
    loop.run(
        () -> {
          assertThat(deadlines.startOf(takenBack, SimWorld.millis(100))).isEqualTo(asked);
          assertThat(deadlines.startOf(open, SimWorld.millis(100))).isEqualTo(asked);
        });
  }

  @Test
  void stopsItsTimerWhenNothingWaits() {
    Recorded deadline = add("never", 60_000);
    loop.run(deadlines::stopWhenEmpty);
    assertThat(world.planned()).as("one waits").isEqualTo(1);
    loop.run(() -> deadlines.cancel(deadline));
    loop.run(deadlines::stopWhenEmpty);
    assertThat(world.planned()).isZero();
    add("later", 100);
    world.advance(SimWorld.millis(101));
    assertThat(passed).containsExactly("later");
  }

  private Recorded add(String name, long millis) {
    Recorded deadline = new Recorded(name);
    loop.run(() -> deadlines.add(deadline, deadlines.nanoTime(), SimWorld.millis(millis)));
    return deadline;
  }

  private Recorded addOpen(String name, long millis) {
    Recorded deadline = new Recorded(name);
    loop.run(() -> deadlines.addOpen(deadline, SimWorld.millis(millis)));
    return deadline;
  }

  private class Recorded extends Deadline {
    private final String name;

    Recorded(String name) {
      this.name = name;
    }

    @Override
    protected void onDeadline() {
      passed.add(name);
    }
  }
}
