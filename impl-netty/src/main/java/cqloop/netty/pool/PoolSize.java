package cqloop.netty.pool;

import cqloop.netty.loop.Counter;

/** Published. How many connections a pool has; its loop counts, every thread may read. */
public final class PoolSize {

  private final Counter ready = new Counter();
  private final Counter ending = new Counter();

  void set(int newReady, int newEnding) {
    ready.set(newReady);
    ending.set(newEnding);
  }

  /** Returns how many take requests. */
  public int ready() {
    return (int) ready.get();
  }

  /** Returns how many only end the requests that they have. */
  public int ending() {
    return (int) ending.get();
  }
}
