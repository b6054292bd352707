package cqloop.error;

/** The server met something it did not expect. How far the request got is unknown. */
public final class ServerError extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x0000;

  public ServerError(String serverMessage) {
    super(
        CODE,
        ErrorCategory.SERVER,
        true,
        "The server failed without naming a reason",
        serverMessage);
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
