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

  /** How many times the orphans grow older before they are too old. */
  static final int ORPHAN_AGES = 4;

  /** Stand in the slots of orphans: one for those of each age. */
  private static final Orphan[] ORPHANS = new Orphan[ORPHAN_AGES + 1];

  static {
    for (int i = 0; i < ORPHANS.length; i++) {
      ORPHANS[i] = new Orphan(i);
    }
  }

  /** Stands in the slot of a request that was given up. */
  private static final class Orphan extends PendingResponse {
    final int generation;

    Orphan(int generation) {
      this.generation = generation;
    }

    @Override
    protected void onResponse(Connection from, int flags, int opcode, byte[] body, int wireBytes) {
      throw new IllegalStateException("An orphan takes no answer");
    }

    @Override
    protected void onLost(Connection from, CqlException error, boolean written) {
      throw new IllegalStateException("An orphan takes no error");
    }
  }

  private final StreamIds ids;
  private @Nullable PendingResponse[] slots = new PendingResponse[16];
  private final Counter orphansOfLoop;
  private final int[] orphansByGeneration = new int[ORPHANS.length];
  private int generation;
  private int orphans;
  private @Nullable NodeLoads loads;
  private int node;

  /**
   * @param orphansOfLoop counts the orphans of all connections of the loop
   */
  InFlight(int limit, Counter orphansOfLoop) {
    this.ids = new StreamIds(limit);
    this.orphansOfLoop = orphansOfLoop;
  }

  /** Counts the ids that are taken, now and from now on, for this node. */
  void countFor(NodeLoads newLoads, int newNode) {
    stopCounting();
    loads = newLoads;
    node = newNode;
    newLoads.add(newNode, ids.inUse());
  }

  /** Counts for no node any more. */
  void stopCounting() {
    if (loads != null) {
      loads.add(node, -ids.inUse());
      loads = null;
    }
  }

  /** Gives the request a stream id; returns false when there is none. */
  boolean add(PendingResponse pending) {
    int id = ids.acquire();
    if (id < 0) {
      return false;
    }
    if (loads != null) {
      loads.add(node, 1);
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
    if (pending instanceof Orphan orphan) {
      orphansByGeneration[orphan.generation]--;
      orphans--;
      orphansOfLoop.add(-1);
      return null;
    }
    return pending;
  }

  /** Leaves the id of this request taken until its answer comes. */
  void orphan(PendingResponse pending) {
    slots[pending.streamId] = ORPHANS[generation];
    orphansByGeneration[generation]++;
    orphans++;
    orphansOfLoop.add(1);
  }

  /**
   * Lets all orphans grow older. Tells whether one of them has grown older {@link #ORPHAN_AGES}
   * times before: it is too old then, and the next age does not begin.
   */
  boolean ageOrphans() {
    int next = (generation + 1) % ORPHANS.length;
    if (orphansByGeneration[next] > 0) {
      return true;
    }
    generation = next;
    return false;
  }

  /** Empties every slot and gives each request that still waits to the consumer. */
  void drain(Consumer<PendingResponse> consumer) {
    @Nullable PendingResponse[] all = slots;
    slots = new PendingResponse[0];
    orphansOfLoop.add(-orphans);
    orphans = 0;
    Arrays.fill(orphansByGeneration, 0);
    for (PendingResponse pending : all) {
      if (pending != null && !(pending instanceof Orphan)) {
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
      if (loads != null) {
        loads.add(node, -1);
      }
    }
  }
}
