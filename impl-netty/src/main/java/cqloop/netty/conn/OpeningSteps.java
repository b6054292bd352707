package cqloop.netty.conn;

import java.util.function.Supplier;

/** Loop-owned. What is opened in several steps: giving it up ends the one that is under way. */
public final class OpeningSteps implements Opening {

  private Opening current = NOTHING;
  private int begun;

  /** Begins the next step, which may end at once and begin the one after it. */
  public void next(Supplier<Opening> step) {
    int number = ++begun;
    Opening opening = step.get();
    if (number == begun) {
      current = opening;
    }
  }

  @Override
  public void abort() {
    Opening last = current;
    current = NOTHING;
    last.abort();
  }
}
