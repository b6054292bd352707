package cqloop.netty.fault;

import cqloop.testkit.fake.Reaction;

/**
 * Value. One thing that no honest server does.
 *
 * @param reaction what it does instead of answering
 */
record HostileCase(String name, Effect effect, Reaction reaction) {

  /** Value. What may come of it. */
  enum Effect {
    /** Framing is broken: the connection closes at once, and all its requests fail. */
    BREAKS_CONNECTION,
    /** The frame is intact, its content is not: one request fails, the others are answered. */
    FAILS_REQUEST,
    /** A change that need not be noticed: the request is answered or fails by its type. */
    MAY_PASS
  }

  @Override
  public String toString() {
    return name + ", which " + effect;
  }
}
