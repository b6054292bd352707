package cqloop.netty.session;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Home-loop-owned. Which nodes come and go: how long one that is back should be left out, so that
 * requests do not go to and fro with it; faults A21.
 *
 * <p>The first return counts at once. A node that was back for less than {@link #CALM_NANOS} when
 * it was lost again has to stay for 10 s before it counts, the next time 20 s, then 30 s, until it
 * has stayed that long.
 */
final class Flapping {

  /** Who stays as long as this may come back at once. */
  static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** What is added with each short stay; the longest delay is {@link #CALM_NANOS}. */
  static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<Integer, Stay> stays = new HashMap<>();

  /** Home-loop-owned. How a node that was lost before behaves since. */
  private static final class Stay {
    private boolean back;
    private long backNanos;
    private long delayNanos;
  }

  /** The last connection to the node was lost. */
  void onLost(int index, long nowNanos) {
    Stay stay = stays.computeIfAbsent(index, any -> new Stay());
    if (stay.back) {
      boolean isShort = nowNanos - stay.backNanos < CALM_NANOS;
      stay.delayNanos = isShort ? Math.min(stay.delayNanos + STEP_NANOS, CALM_NANOS) : 0;
    }
    stay.back = false;
  }

  /**
   * The first connection to the node is open.
   *
   * @return how long the node must stay before it counts, 0 for not at all
   */
  long onBack(int index, long nowNanos) {
    Stay stay = stays.get(index);
    if (stay == null) {
      return 0;
    }
    if (!stay.back) {
      stay.back = true;
      stay.backNanos = nowNanos;
    }
    return stay.delayNanos;
  }

  /** Tells whether the node has not been seen to come and go lately. */
  boolean isCalm(int index) {
    Stay stay = stays.get(index);
    return stay == null || stay.delayNanos == 0;
  }

  /** The place has another node now, or none. */
  void forget(int index) {
    stays.remove(index);
  }
}
