package cqloop.testkit.fake;

import org.jspecify.annotations.Nullable;

/**
 * Value. What a {@link FaultProxy} does to one direction; offsets count the bytes of each proxied
 * connection from its start.
 *
 * @param flow whether bytes are delivered at all
 * @param delayMillis how long every byte is held back
 * @param bytesPerSecond the bandwidth; 0 for no limit
 * @param split how writes are split, or null to leave them alone
 * @param corruptAt the offset of the byte whose lowest bit is flipped; −1 for none
 * @param cut where and how connections are cut, or null for never
 */
public record ProxyFaults(
    Flow flow,
    long delayMillis,
    long bytesPerSecond,
    @Nullable Split split,
    long corruptAt,
    @Nullable Cut cut) {

  /** Value. Whether bytes are delivered. */
  public enum Flow {
    /** At once, or after the delay. */
    OPEN,
    /** When the stall ends; none is lost. */
    STALLED,
    /** Never: they are read and swallowed. */
    SWALLOWED
  }

  /**
   * Value. How writes are split.
   *
   * @param bytes how many bytes travel in one write
   * @param pauseMillis how long to wait after each, at least 1 to keep them apart
   */
  public record Split(int bytes, long pauseMillis) {}

  /**
   * Value. Where and how a connection is cut; one that is beyond it already is cut when the next
   * byte arrives.
   *
   * @param offset how many bytes are delivered before
   * @param how what happens then
   */
  public record Cut(long offset, How how) {
    /** Value. What a cut does. */
    public enum How {
      /** FIN to both sides. */
      CLOSE,
      /** RST to both sides. */
      RESET,
      /** This direction swallows what follows; both sides stay open. */
      SILENCE
    }
  }

  /** No fault at all. */
  public static final ProxyFaults NONE = new ProxyFaults(Flow.OPEN, 0, 0, null, -1, null);

  /** Delivers, stalls or swallows. */
  public ProxyFaults withFlow(Flow newFlow) {
    return new ProxyFaults(newFlow, delayMillis, bytesPerSecond, split, corruptAt, cut);
  }

  /** Holds every byte back for a while. */
  public ProxyFaults withDelay(long millis) {
    return new ProxyFaults(flow, millis, bytesPerSecond, split, corruptAt, cut);
  }

  /** Limits the bandwidth. */
  public ProxyFaults withBandwidth(long newBytesPerSecond) {
    return new ProxyFaults(flow, delayMillis, newBytesPerSecond, split, corruptAt, cut);
  }

  /** Splits writes, with a pause after each part. */
  public ProxyFaults withSplit(int bytes, long pauseMillis) {
    Split newSplit = new Split(bytes, Math.max(1, pauseMillis));
    return new ProxyFaults(flow, delayMillis, bytesPerSecond, newSplit, corruptAt, cut);
  }

  /** Flips the lowest bit of the byte at an offset. */
  public ProxyFaults withCorruptionAt(long offset) {
    return new ProxyFaults(flow, delayMillis, bytesPerSecond, split, offset, cut);
  }

  /** Cuts each connection at an offset. */
  public ProxyFaults withCut(long offset, Cut.How how) {
    Cut newCut = new Cut(offset, how);
    return new ProxyFaults(flow, delayMillis, bytesPerSecond, split, corruptAt, newCut);
  }
}
