package cqloop.netty.engine;

import cqloop.error.CqlException;
import cqloop.netty.conn.Connection;
import cqloop.netty.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. A request that waits until a node knows a statement again. Exactly one of its methods
 * is called, once for each time it waits, unless it was told to {@link #abandon}.
 */
public abstract class RepreparationWaiter {

  @Nullable Repreparation waitsFor;

  /** Returns the connection that PREPARE is under way on, or null when this does not wait. */
  public final @Nullable Connection connection() {
    return waitsFor == null ? null : waitsFor.key().connection();
  }

  /** Gives up. PREPARE goes on for those who still wait. */
  public final void abandon() {
    if (waitsFor != null) {
      waitsFor.remove(this);
    }
  }

  /** The node has answered, whatever it has. */
  protected abstract void onAnswer(Connection from, Response response);

  /**
   * There is no answer, or none that can be read.
   *
   * @param error this one's own
   */
  protected abstract void onNoAnswer(CqlException error);
}
