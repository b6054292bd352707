package cqloop.bench.scale;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Loop-owned. A timer of an event loop that is due in every turn of it: the time from one to the
 * next, in CPU time of its thread, is that of whatever else the loop has done in between. A task
 * would not do: tasks that beget tasks keep the loop from its sockets for a second.
 */
final class TurnWatch {

  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Turns shorter than a millisecond are counted, longer ones are kept, the latest first to go. */
  private final long[] slices = new long[100_000];

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final EventLoop loop;
  private long last;
  private long turns;
  private int kept;
  private volatile boolean stopping;
  private final Promise<String> stopped = Promise.promise();

  TurnWatch(Context context) {
    this.loop = ((ContextInternal) context).nettyEventLoop();
  }

  void start() {
    loop.execute(
        () -> {
          last = threads.getCurrentThreadCpuTime();
          next();
        });
  }

  /** Ends the watch, and tells what it saw. */
  String stop() throws Exception {
    stopping = true;
    return stopped.future().toCompletionStage().toCompletableFuture().get();
  }

  private void turn() {
    long now = threads.getCurrentThreadCpuTime();
    turns++;
    if (now - last >= SLICE_NANOS && kept < slices.length) {
      slices[kept++] = now - last;
    }
    last = now;
    if (stopping) {
      stopped.complete(summary());
    } else {
      next();
    }
  }

  private void next() {
    loop.schedule(this::turn, 0, TimeUnit.NANOSECONDS);
  }

  private String summary() {
    long[] sorted = Arrays.copyOf(slices, kept);
    Arrays.sort(sorted);
    int tooLong = 0;
    for (long slice : sorted) {
      tooLong += slice > 10 * SLICE_NANOS ? 1 : 0;
    }
    // Of those above a millisecond: with the empty turns, any percentile would look good.
    long high = kept == 0 ? 0 : sorted[(int) Math.min(kept - 1, (long) (kept * 0.999))];
    return "%d turns, %d of 1 ms and more: p99.9 %.1f ms, longest %.1f ms, %d over 10 ms"
        .formatted(turns, kept, high / 1e6, kept == 0 ? 0 : sorted[kept - 1] / 1e6, tooLong);
  }
}
