package cqloop.error;

/** Truncating a table failed; some replicas may have done it. */
public final class TruncateError extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x1003;

  public TruncateError(String serverMessage) {
    super(
        CODE,
        ErrorCategory.SERVER,
        true,
        "A table could not be truncated everywhere",
        serverMessage);
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
