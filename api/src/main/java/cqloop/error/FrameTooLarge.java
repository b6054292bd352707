package cqloop.error;

/** A frame is longer than the limit {@code maxFrameBytes} of the protocol options. */
public final class FrameTooLarge extends CqlException {

  private final long frameBytes;
  private final long limitBytes;

  public FrameTooLarge(String message, long frameBytes, long limitBytes) {
    super(message);
    this.frameBytes = frameBytes;
    this.limitBytes = limitBytes;
  }

  /** Returns the length that the frame has or claims, in bytes. */
  public long frameBytes() {
    return frameBytes;
  }

  /** Returns the limit, in bytes. */
  public long limitBytes() {
    return limitBytes;
  }
}
