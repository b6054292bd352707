package cqloop.netty.loop;

import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Something that must be done by a moment. It is itself the link of its queue, so that
 * a request needs no timer object.
 */
public abstract class Deadline {

  /** Stands for a moment that is not known yet: the time runs from the end of this turn. */
  static final long OPEN = Long.MIN_VALUE;

  @Nullable DeadlineQueue queue;
  @Nullable Deadline previous;
  @Nullable Deadline next;
  long atNanos;

  /** Called once when the moment has passed and {@link Deadlines#cancel} was not called. */
  protected abstract void onDeadline();
}
