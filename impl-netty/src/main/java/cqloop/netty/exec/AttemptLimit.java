package cqloop.netty.exec;

import cqloop.netty.loop.Deadline;

/** Loop-owned. The time limit of one attempt. */
final class AttemptLimit extends Deadline {

  private final Execution execution;
  private final Attempt attempt;

  AttemptLimit(Execution execution, Attempt attempt) {
    this.execution = execution;
    this.attempt = attempt;
  }

  @Override
  protected void onDeadline() {
    try {
      execution.recovery().onLimit(attempt);
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }
}
