package cqloop.bench.load;

import cqloop.bench.spi.BenchClient;
import cqloop.bench.spi.Completion;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A plain thread that sends a batch, waits for all of its answers and sends the next one. */
final class PlainCaller {
  private static final long PATIENCE_SECONDS = 30;

  private final BenchClient client;
  private final Job job;
  private final Tally tally = new Tally();
  private CountDownLatch left = new CountDownLatch(0);
  private volatile @Nullable Throwable failure;

  PlainCaller(BenchClient client, Job job) {
    this.client = client;
    this.job = job;
  }

  Tally run() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(job.millis());
    Slot[] slots = new Slot[job.inFlight()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Slot(Requests.firstKey(i));
    }
    do {
      left = new CountDownLatch(slots.length);
      for (Slot slot : slots) {
        slot.send();
      }
      if (!left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new TimeoutException(left.getCount() + " requests had no answer: " + job);
      }
      for (Slot slot : slots) {
        tally.record(slot.ended - slot.started, 1);
      }
      if (failure != null) {
        throw new IllegalStateException("a request failed: " + job, failure);
      }
    } while (System.nanoTime() < deadline);
    return tally;
  }

  private final class Slot implements Completion {
    private int key;
    private long started;
    private long ended;

    Slot(int key) {
      this.key = key;
    }

    void send() {
      key = Requests.nextKey(key);
      started = System.nanoTime();
      Requests.send(client, job.workload(), key, this);
    }

    @Override
    public void complete(boolean right) {
      ended = System.nanoTime();
      if (!right) {
        failure = new IllegalStateException("a value read is not the one expected");
      }
      left.countDown();
    }

    @Override
    public void fail(Throwable cause) {
      failure = cause;
      left.countDown();
    }
  }
}
