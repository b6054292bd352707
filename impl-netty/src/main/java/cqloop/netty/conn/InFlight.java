package cqloop.netty.conn;

import cqloop.error.CqlException;
import cqloop.netty.loop.Counter;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The requests of one connection that wait for their answers, by stream id. An id whose
 * request was given up stays taken until its late answer comes: it is an orphan.
 */
final class InFlight {

  /** Stands in the slot of an orphan. */
  private static final PendingResponse ORPHAN =
      new PendingResponse() {
        @Override
        protected void onResponse(
            Connection from, int flags, int opcode, byte[] body, int wireBytes) {
          throw new IllegalStateException("An orphan takes no answer");
        }

        @Override
        protected void onLost(Connection from, CqlException error, boolean written) {
          throw new IllegalStateException("An orphan takes no error");
        }
      };

  private final StreamIds ids;
  private @Nullable PendingResponse[] slots = new PendingResponse[16];
  private final Counter orphansOfLoop;
  private int orphans;

  /**
   * @param orphansOfLoop counts the orphans of all connections of the loop
   */
  InFlight(int limit, Counter orphansOfLoop) {
    this.ids = new StreamIds(limit);
    this.orphansOfLoop = orphansOfLoop;
  }

  /** Gives the request a stream id; returns false when there is none. */
  boolean add(PendingResponse pending) {
    int id = ids.acquire();
    if (id < 0) {
      return false;
    }
    put(id, pending);
    return true;
  }

  /** Puts a request on an id outside those that are handed out. */
  void put(int id, PendingResponse pending) {
    if (id >= slots.length) {
      slots = Arrays.copyOf(slots, Math.max(id + 1, slots.length * 2));
    }
    pending.streamId = id;
    slots[id] = pending;
  }

  /** Takes back a request that was never written. */
  void remove(PendingResponse pending) {
    free(pending.streamId);
  }

  /** Tells whether a request waits on this id, given up or not. */
  boolean isTaken(int id) {
    return id < slots.length && slots[id] != null;
  }

  /**
   * Frees the id of an answer and returns who waits for it, or null when it was given up. The
   * caller has checked {@link #isTaken}.
   */
  @Nullable PendingResponse complete(int id) {
    PendingResponse pending = slots[id];
    free(id);
    if (pending == ORPHAN) {
      orphans--;
      orphansOfLoop.add(-1);
      return null;
    }
    return pending;
  }

  /** Leaves the id of this request taken until its answer comes. */
  void orphan(PendingResponse pending) {
    slots[pending.streamId] = ORPHAN;
    orphans++;
    orphansOfLoop.add(1);
  }

  /** Empties every slot and gives each request that still waits to the consumer. */
  void drain(Consumer<PendingResponse> consumer) {
    @Nullable PendingResponse[] all = slots;
    slots = new PendingResponse[0];
    orphansOfLoop.add(-orphans);
    orphans = 0;
    for (PendingResponse pending : all) {
      if (pending != null && pending != ORPHAN) {
        consumer.accept(pending);
      }
    }
  }

  /** Returns how many ids are taken, orphans included. */
  int size() {
    return ids.inUse();
  }

  /** Returns the first id beyond those that are handed out. */
  int limit() {
    return ids.limit();
  }

  int orphans() {
    return orphans;
  }

  boolean isFull() {
    return ids.inUse() >= ids.limit();
  }

  private void free(int id) {
    slots[id] = null;
    if (id < ids.limit()) {
      ids.release(id);
    }
  }
}
