package cqloop.netty.engine;

import cqloop.error.CqlException;
import org.jspecify.annotations.Nullable;

/** Loop-owned. One request as the throttle of its loop sees it: it waits, runs, or has left. */
public abstract class Admission {

  enum State {
    NEW,
    WAITING,
    RUNNING,
    LEFT
  }

  State state = State.NEW;
  @Nullable Admission before;
  @Nullable Admission after;

  /** The request has waited and may begin. */
  protected abstract void onAdmitted();

  /** The request may not begin at all. */
  protected abstract void onRefused(CqlException reason);
}
