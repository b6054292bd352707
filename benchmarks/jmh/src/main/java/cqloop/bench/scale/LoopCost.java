package cqloop.bench.scale;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Loop-owned. Counts the answers of a run, and what they cost the thread that counts: bytes and CPU
 * time; and, where Linux counts them, the calls of the process that read and write.
 *
 * <p>After a warm-up, CPU time is taken for each of many parts: the caches are shared with whatever
 * else runs on the machine, so beside the median stands the quietest tenth.
 */
final class LoopCost {

  private static final int WARM_UP = 400_000;
  private static final int PARTS = 50;
  private static final int PART = 20_000;

  /** How many requests a run has. */
  static final int REQUESTS = WARM_UP + PARTS * PART;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long[] parts = new long[PARTS];
  private int answered;
  private long bytes;
  private long nanos;
  private SystemCalls calls = SystemCalls.NONE;

  /** One more request was answered; tells whether it was the last one. */
  boolean count() {
    answered++;
    if (answered == WARM_UP) {
      bytes = threads.getCurrentThreadAllocatedBytes();
      calls = SystemCalls.now();
      nanos = threads.getCurrentThreadCpuTime();
    } else if (answered > WARM_UP && answered % PART == 0) {
      long now = threads.getCurrentThreadCpuTime();
      parts[(answered - WARM_UP) / PART - 1] = now - nanos;
      nanos = now;
    }
    return answered == REQUESTS;
  }

  /** Tells what one request has taken; the last one was answered. */
  String perRequest() {
    long allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
    long[] sorted = parts.clone();
    Arrays.sort(sorted);
    return "%.0f bytes, %.2f us of CPU, %.2f in the quietest tenth, %s"
        .formatted(
            (double) allocated / (PARTS * PART),
            sorted[PARTS / 2] / 1e3 / PART,
            sorted[PARTS / 10] / 1e3 / PART,
            SystemCalls.now().since(calls).per(PARTS * PART));
  }
}
