package cqloop.spi;

/** Any thread. Decides how long to wait between attempts to connect. */
@FunctionalInterface
public interface ReconnectionPolicy {

  /** Returns the delays of one outage; made anew for each outage of each node. */
  Schedule newSchedule();

  /** Loop-owned. The delays of one outage. */
  @FunctionalInterface
  interface Schedule {

    /** Returns the time to wait before the next attempt, in milliseconds, 0 or more. */
    long nextDelayMillis();
  }
}
