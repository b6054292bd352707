package cqloop.netty.loop;

import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Loop-owned. Long work of the driver itself, done in small steps: when some have taken their time,
 * whatever else waits on the event loop has its turn before the next.
 */
public final class Slices implements Runnable {

  /** A fifth of what the driver may hold a loop for, as steps take longer on a cold JVM. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final EventLoop loop;
  private final BooleanSupplier step;
  private final Completable<Void> done;

  private Slices(EventLoop loop, BooleanSupplier step, Completable<Void> done) {
    this.loop = loop;
    this.step = step;
    this.done = done;
  }

  /**
   * Begins at once, and takes one step after the other.
   *
   * @param step tells whether there is one more
   * @param done completed on the loop after the last step, or with what a step has thrown
   */
  public static void run(EventLoop loop, BooleanSupplier step, Completable<Void> done) {
    assert loop.inEventLoop();
    new Slices(loop, step, done).run();
  }

  @Override
  public void run() {
    long end = loop.ticker().nanoTime() + SLICE_NANOS;
    try {
      while (step.getAsBoolean()) {
        if (loop.ticker().nanoTime() - end >= 0) {
          loop.schedule(this, 0, TimeUnit.NANOSECONDS);
          return;
        }
      }
    } catch (RuntimeException failure) {
      done.fail(failure);
      return;
    }
    done.succeed();
  }
}
