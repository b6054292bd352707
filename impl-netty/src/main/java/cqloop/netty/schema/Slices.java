package cqloop.netty.schema;

import cqloop.netty.loop.Deadlines;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Loop-owned. Does long work in slices, with room for the requests of the loop between them. Each
 * step of the work must be short.
 */
final class Slices implements Runnable {

  /** A fifth of the 10 ms that a loop may be held at most (faults, B9): steps are cold at first. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final EventLoop loop;
  private final Deadlines deadlines;
  private final BooleanSupplier work;
  private final Completable<Void> done;

  private Slices(
      EventLoop loop, Deadlines deadlines, BooleanSupplier work, Completable<Void> done) {
    this.loop = loop;
    this.deadlines = deadlines;
    this.work = work;
    this.done = done;
  }

  /**
   * Does the work.
   *
   * @param work does one step, and tells whether there are more
   * @param done completed on the loop after the last step, or with what a step threw
   */
  static void run(
      EventLoop loop, Deadlines deadlines, BooleanSupplier work, Completable<Void> done) {
    new Slices(loop, deadlines, work, done).run();
  }

  @Override
  public void run() {
    long startNanos = deadlines.nanoTime();
    try {
      while (work.getAsBoolean()) {
        if (deadlines.nanoTime() - startNanos >= SLICE_NANOS) {
          loop.execute(this);
          return;
        }
      }
    } catch (RuntimeException broken) {
      done.fail(broken);
      return;
    }
    done.succeed();
  }
}
