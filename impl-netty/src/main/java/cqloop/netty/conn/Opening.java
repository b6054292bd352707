package cqloop.netty.conn;

/** Loop-owned. Something that is being opened, and can be given up until it is. */
@FunctionalInterface
public interface Opening {

  /** Nothing is being opened. */
  Opening NOTHING = () -> {};

  /**
   * Gives it up. Whoever waits for the outcome is told of a failure, unless he has it already; what
   * was opened by then stays open.
   */
  void abort();
}
