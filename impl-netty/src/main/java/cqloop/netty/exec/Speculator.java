package cqloop.netty.exec;

import cqloop.metadata.Node;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.engine.LoopProfile;
import cqloop.netty.loop.Deadline;
import cqloop.netty.loop.Deadlines;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Waits for the moment at which a request that is not answered is sent once more, and
 * counts how often that came.
 */
final class Speculator extends Deadline {

  private final Execution execution;
  private final LoopEngine engine;
  private int attempts;

  Speculator(Execution execution, LoopEngine engine) {
    this.execution = execution;
    this.engine = engine;
  }

  /**
   * The request was sent: begins to wait if the policy says so.
   *
   * @param known what has waited for this execution before, if anything has
   * @return what waits; null if nothing ever did
   */
  static @Nullable Speculator plan(
      @Nullable Speculator known,
      Execution execution,
      LoopEngine engine,
      LoopProfile profile,
      Node node) {
    int attempts = known == null ? 0 : known.attempts;
    long delayNanos = profile.speculation().nextDelayNanos(node, attempts);
    if (delayNanos < 0) {
      return known;
    }
    Speculator waiting = known == null ? new Speculator(execution, engine) : known;
    Deadlines deadlines = engine.deadlines();
    deadlines.cancel(waiting);
    deadlines.add(waiting, deadlines.nanoTime(), Math.max(1, delayNanos));
    return waiting;
  }

  /** Returns how many attempts were made because an answer was late. */
  int attempts() {
    return attempts;
  }

  @Override
  protected void onDeadline() {
    try {
      if (execution.mayAttempt()) {
        attempts++;
        engine.metrics().speculations().add(1);
        execution.startAttempt(true, false);
      }
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }
}
