package cqloop.spi;

/**
 * Loop-owned. Decides when a request of this event loop may begin. Those that may not yet wait in a
 * queue of the driver, first come, first served; the time they wait counts in their timeout. The
 * policy itself keeps no request, so that it can neither lose nor hold one up for ever.
 */
public interface Throttle {

  /** Not before a request that runs has ended. While none runs, the request begins all the same. */
  long AFTER_AN_END = -1;

  /** Lets every request begin at once. The driver knows it and never asks it. */
  Throttle NONE =
      new Throttle() {
        @Override
        public long tryBegin() {
          return 0;
        }

        @Override
        public int maxWaiting() {
          return 0;
        }
      };

  /**
   * Asked for the request that is first in line.
   *
   * @return 0 when it begins now; else nanoseconds after which to ask again; or {@link
   *     #AFTER_AN_END}
   */
  long tryBegin();

  /** A request that had begun has ended, well or not. Called once for each. */
  default void onEnd() {}

  /** Returns how many requests may wait; one more fails at once. */
  int maxWaiting();
}
