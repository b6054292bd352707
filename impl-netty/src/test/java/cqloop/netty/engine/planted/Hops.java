package cqloop.netty.engine.planted;

import io.netty.channel.EventLoop;

/** Breaks the rule that only the session changes the thread. */
public final class Hops {
  /** A hop nobody counts. */
  public static void hop(EventLoop loop, Runnable task) {
    loop.execute(task);
  }
}
