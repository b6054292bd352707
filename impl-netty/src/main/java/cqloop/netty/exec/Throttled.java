package cqloop.netty.exec;

import cqloop.error.CqlException;
import cqloop.netty.engine.Admission;
import cqloop.netty.engine.Admissions;
import io.vertx.core.Completable;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Stands between an execution and its caller where the loop has a throttle: tells the
 * throttle when the execution has ended.
 */
final class Throttled<T> extends Admission implements Completable<T> {

  private final Admissions admissions;
  private final Completable<T> done;
  private @Nullable Execution execution;

  Throttled(Admissions admissions, Completable<T> done) {
    this.admissions = admissions;
    this.done = done;
  }

  /** Returns whether the execution begins now; else it is told when it may. */
  boolean admit(Execution newExecution) {
    execution = newExecution;
    return admissions.admit(this);
  }

  @Override
  protected void onAdmitted() {
    Execution waited = execution;
    if (waited != null) {
      try {
        waited.begin(true);
      } catch (RuntimeException broken) {
        waited.onBroken(broken);
      }
    }
  }

  @Override
  protected void onRefused(CqlException reason) {
    if (execution != null) {
      execution.fail(reason);
    }
  }

  @Override
  public void complete(@Nullable T value, @Nullable Throwable failure) {
    admissions.leave(this);
    done.complete(value, failure);
  }
}
