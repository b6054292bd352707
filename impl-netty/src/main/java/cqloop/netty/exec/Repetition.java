package cqloop.netty.exec;

import cqloop.metadata.Node;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Loop-owned. An attempt that goes on after a delay. */
final class Repetition implements Runnable {

  private final Execution execution;
  private final Attempt attempt;
  private final @Nullable Node same;

  private Repetition(Execution execution, Attempt attempt, @Nullable Node same) {
    this.execution = execution;
    this.attempt = attempt;
    this.same = same;
  }

  /**
   * @param same the node to ask again, null for the next one
   */
  static void after(
      long delayMillis, EventLoop loop, Execution execution, Attempt attempt, @Nullable Node same) {
    loop.schedule(new Repetition(execution, attempt, same), delayMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    try {
      execution.repeatNow(attempt, same);
    } catch (RuntimeException broken) {
      execution.onBroken(broken);
    }
  }
}
