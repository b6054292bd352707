package cqloop.netty.exec;

import cqloop.netty.engine.LoopEngine;
import cqloop.netty.loop.Deadline;
import cqloop.netty.loop.Deadlines;

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

  /** Begins to wait, from now. */
  void plan(Deadlines deadlines, long delayNanos) {
    deadlines.cancel(this);
    deadlines.add(this, deadlines.nanoTime(), Math.max(1, delayNanos));
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
