package cqloop.error;

/** More requests wait for a connection than may wait. The request was not sent. */
public final class RequestQueueFull extends CqlException {

  private final int limit;

  /**
   * @param limit how many requests may wait on one event loop
   */
  public RequestQueueFull(int limit) {
    super(
        "Request queue of this event loop is full: %s requests wait. Send fewer at once, or raise"
                .formatted(limit)
            + " queueSize of the pool options");
    this.limit = limit;
  }

  /** Returns how many requests may wait on one event loop. */
  public int limit() {
    return limit;
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.BUSY;
  }
}
