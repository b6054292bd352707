package cqloop.netty.perf;

import com.sun.management.ThreadMXBean;
import cqloop.RowSet;
import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Loop-owned. Sends so many requests in one turn of the loop, reads the answers, and begins again
 * when the last one came; counts what the thread of the loop allocates, the application's part
 * included. It allocates nothing itself but one task per round.
 */
final class AllocationRun implements Completable<RowSet> {

  /** Beyond the last of these, figures of the same code differ by less than a byte. */
  private static final int WARM_UP = 15;

  private static final int ROUNDS = 15;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Context context;
  private final int requests;
  private final Supplier<Future<RowSet>> request;
  private final Consumer<RowSet> reader;
  private final Promise<Double> done = Promise.promise();
  private final double[] bytes = new double[WARM_UP + ROUNDS];
  private int round;
  private int answered;
  private long before;

  private AllocationRun(
      Context context, int requests, Supplier<Future<RowSet>> request, Consumer<RowSet> reader) {
    this.context = context;
    this.requests = requests;
    this.request = request;
    this.reader = reader;
  }

  /** Returns the bytes per request, the median of many rounds on a warm loop. */
  static double bytesPerRequest(
      Context context, int requests, Supplier<Future<RowSet>> request, Consumer<RowSet> reader) {
    AllocationRun run = new AllocationRun(context, requests, request, reader);
    context.runOnContext(run::send);
    return HotSession.get(run.done.future());
  }

  private void send(Void turn) {
    before = threads.getCurrentThreadAllocatedBytes();
    answered = 0;
    for (int i = 0; i < requests; i++) {
      request.get().onComplete(this);
    }
  }

  @Override
  public void complete(RowSet rows, Throwable failure) {
    if (failure != null) {
      done.tryFail(failure);
      return;
    }
    reader.accept(rows);
    if (++answered < requests) {
      return;
    }
    bytes[round++] = (double) (threads.getCurrentThreadAllocatedBytes() - before) / requests;
    if (round < bytes.length) {
      context.runOnContext(this::send);
    } else {
      done.complete(median());
    }
  }

  private double median() {
    double[] measured = Arrays.copyOfRange(bytes, WARM_UP, bytes.length);
    Arrays.sort(measured);
    return measured[measured.length / 2];
  }
}
