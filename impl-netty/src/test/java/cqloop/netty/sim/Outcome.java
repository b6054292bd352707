package cqloop.netty.sim;

import io.vertx.core.Completable;

/** Loop-owned. What became of a request, how often, and when. */
public final class Outcome<T> implements Completable<T> {

  private final SimWorld world;
  private final long startedNanos;
  private int completions;
  private long completedNanos;
  private T value;
  private Throwable failure;

  public Outcome(SimWorld world) {
    this.world = world;
    this.startedNanos = world.elapsedNanos();
  }

  @Override
  public void complete(T newValue, Throwable newFailure) {
    completions++;
    completedNanos = world.elapsedNanos();
    value = newValue;
    failure = newFailure;
  }

  public boolean isDone() {
    return completions > 0;
  }

  /** How often it was completed; anything but 1 in the end is a fault. */
  public int completions() {
    return completions;
  }

  /** How long it took. */
  public long elapsedNanos() {
    return completedNanos - startedNanos;
  }

  /** The value, or null. */
  public T value() {
    if (failure != null) {
      throw new AssertionError("It failed", failure);
    }
    return value;
  }

  /** The failure, or null. */
  public Throwable failure() {
    return failure;
  }
}
