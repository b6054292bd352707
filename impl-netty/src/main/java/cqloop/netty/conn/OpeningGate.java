package cqloop.netty.conn;

import io.netty.channel.EventLoop;
import io.vertx.core.Completable;

/**
 * Any thread. Who may open a connection to a node now. Sessions that start together, or that all
 * lost the same node, would otherwise storm it; faults A18.
 */
public interface OpeningGate {

  /** Lets everybody pass at once. */
  OpeningGate NONE =
      (loop, endpoint, patienceNanos, done) -> {
        done.succeed(opened -> {});
        return Opening.NOTHING;
      };

  /**
   * Asks for leave to open one connection.
   *
   * @param loop where the caller runs, and where he is told
   * @param endpoint the node
   * @param patienceNanos how long to wait while nobody opens a connection to the node; 0 is for
   *     ever
   * @param done completed on the loop, once: with the pass to give back, or with the reason why
   *     there is none
   * @return ends the waiting
   */
  Opening enter(EventLoop loop, String endpoint, long patienceNanos, Completable<Pass> done);

  /** Loop-owned. The leave to open one connection. */
  @FunctionalInterface
  interface Pass {

    /**
     * Gives the pass back: the next one may open his connection.
     *
     * @param opened whether a connection was opened
     */
    void leave(boolean opened);
  }
}
