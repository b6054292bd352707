package cqloop.netty.exec;

import cqloop.netty.loop.Deadline;

/** Loop-owned. Waits for the moment at which a request that is not answered is sent once more. */
final class Speculator extends Deadline {

  private final Execution execution;

  Speculator(Execution execution) {
    this.execution = execution;
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
