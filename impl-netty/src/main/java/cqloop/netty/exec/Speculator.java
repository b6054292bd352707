package cqloop.netty.exec;

import cqloop.netty.loop.Deadline;
import cqloop.netty.loop.Deadlines;

/** Loop-owned. Waits for the moment at which a request that is not answered is sent once more. */
final class Speculator extends Deadline {

  private final Execution execution;

  Speculator(Execution execution) {
    this.execution = execution;
  }

  /** Begins to wait, from now. */
  void plan(Deadlines deadlines, long delayNanos) {
    deadlines.cancel(this);
    deadlines.add(this, deadlines.nanoTime(), Math.max(1, delayNanos));
  }

  @Override
  protected void onDeadline() {
    try {
      execution.speculate();
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }
}
