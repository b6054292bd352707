package cqloop.error;

/**
 * The throttle of the session holds requests back, and as many wait as may. The request was not
 * sent.
 */
public final class RequestThrottled extends CqlException {

  private final int limit;

  /**
   * @param limit how many requests may wait on one event loop
   */
  public RequestThrottled(int limit) {
    super(
        "The throttle of this event loop holds requests back, and %s wait already. Send fewer at"
                .formatted(limit)
            + " once, or raise the limits of request.throttle");
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
