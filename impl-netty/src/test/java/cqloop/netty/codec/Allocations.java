package cqloop.netty.codec;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Value. Counts the bytes that this thread allocates. */
public final class Allocations {

  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 10_000;

  private Allocations() {}

  /** Returns the bytes that one run allocates, on average and after warming up. */
  public static double bytesPerRun(Runnable action) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM_UP; i++) {
      action.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      action.run();
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
  }
}
