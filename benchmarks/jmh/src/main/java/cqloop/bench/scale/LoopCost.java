package cqloop.bench.scale;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Loop-owned. What the thread that calls it has spent since it began: bytes and CPU time; and,
 * where Linux counts them, the calls of the process that read and write.
 */
final class LoopCost {

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long bytes;
  private long nanos;
  private SystemCalls calls = SystemCalls.NONE;

  void begin() {
    bytes = threads.getCurrentThreadAllocatedBytes();
    nanos = threads.getCurrentThreadCpuTime();
    calls = SystemCalls.now();
  }

  /** Tells what has been spent, shared out to so many requests. */
  String per(int requests) {
    return "%.0f bytes, %.2f us of CPU, %s"
        .formatted(
            (double) (threads.getCurrentThreadAllocatedBytes() - bytes) / requests,
            (threads.getCurrentThreadCpuTime() - nanos) / 1e3 / requests,
            SystemCalls.now().since(calls).per(requests));
  }
}
