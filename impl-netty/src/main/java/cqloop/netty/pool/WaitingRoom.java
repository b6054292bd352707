package cqloop.netty.pool;

/**
 * Loop-owned. Counts the requests of one event loop that wait for a connection, against a limit.
 */
public final class WaitingRoom {

  private final int limit;
  private int waiting;

  /**
   * @param limit how many requests may wait at once, 0 or more
   */
  public WaitingRoom(int limit) {
    this.limit = limit;
  }

  boolean enter() {
    if (waiting >= limit) {
      return false;
    }
    waiting++;
    return true;
  }

  void leave() {
    waiting--;
  }

  /** Returns how many requests wait. */
  public int waiting() {
    return waiting;
  }

  /** Returns how many requests may wait. */
  public int limit() {
    return limit;
  }
}
