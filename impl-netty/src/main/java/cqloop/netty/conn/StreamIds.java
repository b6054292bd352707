package cqloop.netty.conn;

import java.util.Arrays;

/**
 * Loop-owned. Hands out the stream ids of one connection, the lately returned ones first, so that
 * few slots of memory are in use. Never blocks; grows with use up to its limit.
 */
final class StreamIds {

  private final int limit;
  private short[] free = new short[16];
  private int freeCount;
  private int neverUsed;

  /**
   * @param limit how many ids may be in use at once, 1 to 32,768; ids are below it
   */
  StreamIds(int limit) {
    this.limit = limit;
  }

  /** Returns a free id, or -1 when all are in use: the caller must try another connection. */
  int acquire() {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    return neverUsed < limit ? neverUsed++ : -1;
  }

  /** Takes back an id that {@link #acquire} gave, once its answer has come. */
  void release(int id) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, free.length * 2);
    }
    free[freeCount++] = (short) id;
  }

  /** Returns how many ids are in use. */
  int inUse() {
    return neverUsed - freeCount;
  }

  int limit() {
    return limit;
  }
}
