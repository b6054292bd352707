package cqloop.error;

/**
 * ScyllaDB only: the partition is read or written more often than its table allows. Its code is not
 * fixed; the server names it when the connection starts. The driver never retries it: to send again
 * at once is what the limit is meant to stop.
 */
public final class RateLimitReached extends ServerException {

  private final boolean write;
  private final boolean rejectedByCoordinator;

  /**
   * @param code the number that the server announced
   * @param write whether the limit of writes was reached, else that of reads
   * @param rejectedByCoordinator whether the coordinator refused before it asked any replica
   */
  public RateLimitReached(
      int code, String serverMessage, boolean write, boolean rejectedByCoordinator) {
    super(
        code,
        ErrorCategory.BUSY,
        !rejectedByCoordinator,
        "Rate limit of %s reached, refused by the %s"
            .formatted(
                write ? "writes" : "reads", rejectedByCoordinator ? "coordinator" : "replicas"),
        serverMessage);
    this.write = write;
    this.rejectedByCoordinator = rejectedByCoordinator;
  }

  /** Tells whether the limit of writes was reached; else it was that of reads. */
  public boolean isWrite() {
    return write;
  }

  /** Tells whether the coordinator refused; else replicas did, and some may have executed it. */
  public boolean rejectedByCoordinator() {
    return rejectedByCoordinator;
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
