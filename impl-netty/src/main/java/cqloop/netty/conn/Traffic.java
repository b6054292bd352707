package cqloop.netty.conn;

import cqloop.netty.loop.Counter;

/**
 * Published. What all connections of one loop have sent and received, and what they still wait for
 * in vain; the loop counts, every thread may read.
 */
public final class Traffic {

  private final Counter bytesSent = new Counter();
  private final Counter bytesReceived = new Counter();
  private final Counter orphans = new Counter();

  /** How many bytes were handed to sockets, before TLS. */
  public Counter bytesSent() {
    return bytesSent;
  }

  /** How many bytes came from sockets, after TLS. */
  public Counter bytesReceived() {
    return bytesReceived;
  }

  /** How many stream ids are kept for answers that nobody waits for any more. */
  public Counter orphans() {
    return orphans;
  }
}
