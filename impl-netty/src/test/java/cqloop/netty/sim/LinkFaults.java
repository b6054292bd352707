package cqloop.netty.sim;

import java.util.SplittableRandom;

/**
 * Value. What one direction of one connection does to the bytes that travel on it.
 *
 * @param minDelayNanos least time that bytes travel
 * @param maxDelayNanos longest time that bytes travel, unless they stall
 * @param splitPercent how often a write arrives in pieces, cut anywhere
 * @param stallAfterBytes after how many bytes it stalls, or -1 for never
 * @param stallNanos how long it stalls; {@link Long#MAX_VALUE} is for ever
 * @param cutAfterBytes after how many bytes the connection breaks, or -1 for never
 * @param cutWithReset whether it breaks with a reset rather than with an orderly end
 * @param flipAfterBytes which byte gets one bit flipped, or -1 for none
 * @param bufferBytes how many bytes may be under way; more are not taken from the writer
 */
public record LinkFaults(
    long minDelayNanos,
    long maxDelayNanos,
    int splitPercent,
    long stallAfterBytes,
    long stallNanos,
    long cutAfterBytes,
    boolean cutWithReset,
    long flipAfterBytes,
    int bufferBytes) {

  /** For ever, as a stall. */
  public static final long FOR_EVER = Long.MAX_VALUE;

  /** A network in one room: nothing goes wrong. */
  public static final LinkFaults NONE =
      new LinkFaults(50_000, 50_000, 0, -1, 0, -1, false, -1, 1 << 20);

  /** Bytes stop here, for a while or for ever. */
  public LinkFaults stalling(long afterBytes, long nanos) {
    return new LinkFaults(
        minDelayNanos,
        maxDelayNanos,
        splitPercent,
        afterBytes,
        nanos,
        cutAfterBytes,
        cutWithReset,
        flipAfterBytes,
        bufferBytes);
  }

  /** The connection breaks here. */
  public LinkFaults cutting(long afterBytes, boolean withReset) {
    return new LinkFaults(
        minDelayNanos,
        maxDelayNanos,
        splitPercent,
        stallAfterBytes,
        stallNanos,
        afterBytes,
        withReset,
        flipAfterBytes,
        bufferBytes);
  }

  /** One bit of this byte flips. */
  public LinkFaults flipping(long afterBytes) {
    return new LinkFaults(
        minDelayNanos,
        maxDelayNanos,
        splitPercent,
        stallAfterBytes,
        stallNanos,
        cutAfterBytes,
        cutWithReset,
        afterBytes,
        bufferBytes);
  }

  /** Every write arrives in pieces, cut anywhere. */
  public LinkFaults splitting() {
    return new LinkFaults(
        minDelayNanos,
        maxDelayNanos,
        100,
        stallAfterBytes,
        stallNanos,
        cutAfterBytes,
        cutWithReset,
        flipAfterBytes,
        bufferBytes);
  }

  /** So many bytes fit between the two sides. */
  public LinkFaults withBuffer(int bytes) {
    return new LinkFaults(
        minDelayNanos,
        maxDelayNanos,
        splitPercent,
        stallAfterBytes,
        stallNanos,
        cutAfterBytes,
        cutWithReset,
        flipAfterBytes,
        bytes);
  }

  long delayNanos(SplittableRandom random) {
    return minDelayNanos >= maxDelayNanos
        ? minDelayNanos
        : random.nextLong(minDelayNanos, maxDelayNanos + 1);
  }
}
