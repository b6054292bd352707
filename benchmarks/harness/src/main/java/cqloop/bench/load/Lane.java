package cqloop.bench.load;

import cqloop.bench.spi.BenchClient;
import cqloop.bench.spi.Completion;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. One caller that keeps a number of requests in flight: each completion sends the next
 * request from the thread it arrived on. Completions of a lane arrive one after the other, so
 * nothing here is synchronised.
 */
final class Lane {
  /**
   * From this many requests in flight on, only each so manieth is timed: a look at the clock costs
   * a tenth of the quickest client's whole request, and it is in the figures of every client.
   */
  private static final int MANY_IN_FLIGHT = 64;

  private static final int TIMED_OF_MANY = 8;

  private final BenchClient client;
  private final Workload workload;
  private final long deadline;
  private final Tally tally = new Tally();
  private final CompletableFuture<Tally> end = new CompletableFuture<>();
  private int active;
  private boolean over;
  private boolean failed;

  Lane(BenchClient client, Job job, long deadline) {
    this.client = client;
    this.workload = job.workload();
    this.deadline = deadline;
  }

  /** Completes when the last request after the deadline has ended. */
  CompletableFuture<Tally> end() {
    return end;
  }

  /** Sends the first requests; call through {@link BenchClient#enter}. */
  void start(int inFlight, int firstNumber) {
    active = inFlight;
    for (int i = 0; i < inFlight; i++) {
      boolean timed = inFlight < MANY_IN_FLIGHT || i % TIMED_OF_MANY == 0;
      new Slot(Requests.firstKey(firstNumber + i), timed).send(timed ? System.nanoTime() : 0);
    }
  }

  private void finish(Slot slot, boolean right) {
    long now = 0;
    if (slot.timed) {
      now = System.nanoTime();
      tally.record(now - slot.started, 1);
      over |= now >= deadline;
    } else {
      tally.count(1);
    }
    if (!right) {
      fail(new IllegalStateException("a value read is not the one expected: " + workload));
    }
    if (failed || over) {
      if (--active == 0 && !failed) {
        end.complete(tally);
      }
      return;
    }
    slot.again(now);
  }

  private void fail(Throwable cause) {
    failed = true;
    end.completeExceptionally(cause);
  }

  /** One of the requests in flight, again and again. */
  private final class Slot implements Completion {
    private final boolean timed;
    private int key;
    private long started;
    private @Nullable Thread sender;
    private @Nullable Thread endedInside;

    Slot(int key, boolean timed) {
      this.key = key;
      this.timed = timed;
    }

    void send(long now) {
      started = now;
      Thread self = Thread.currentThread();
      // A client may complete before its method returns: then loop here instead of recursing. Only
      // the thread that
      // sends ever writes its own name, so a completion on another thread cannot be mistaken for
      // such an end.
      do {
        endedInside = null;
        key = Requests.nextKey(key);
        sender = self;
        Requests.send(client, workload, key, this);
        sender = null;
      } while (endedInside == self);
    }

    void again(long now) {
      if (sender == Thread.currentThread()) {
        started = now;
        endedInside = sender;
      } else {
        send(now);
      }
    }

    @Override
    public void complete(boolean right) {
      finish(this, right);
    }

    @Override
    public void fail(Throwable cause) {
      Lane.this.fail(cause);
    }
  }
}
