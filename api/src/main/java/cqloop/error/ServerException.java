package cqloop.error;

import java.util.Locale;

/**
 * A server answered a request with an error. There is one class for each error code of the native
 * protocol; {@link UnknownServerError} takes the rest.
 */
public abstract class ServerException extends CqlException {

  private final int code;
  private final String serverMessage;
  private final ErrorCategory category;
  private final boolean mayHaveBeenExecuted;

  /**
   * @param code the number on the wire
   * @param category what kind of trouble it is
   * @param mayHaveBeenExecuted whether this error alone leaves it open that the request had effect
   * @param facts what the fields of the error say, in words
   * @param serverMessage the text that the server sent
   */
  protected ServerException(
      int code,
      ErrorCategory category,
      boolean mayHaveBeenExecuted,
      String facts,
      String serverMessage) {
    super(
        String.format(
            Locale.ROOT, "%s (server error 0x%04X). Server says: %s", facts, code, serverMessage));
    this.code = code;
    this.serverMessage = serverMessage;
    this.category = category;
    this.mayHaveBeenExecuted = mayHaveBeenExecuted;
  }

  /** Returns the error code of the native protocol, for example {@code 0x1100}. */
  public final int code() {
    return code;
  }

  /** Returns the text that the server sent, unchanged. */
  public final String serverMessage() {
    return serverMessage;
  }

  @Override
  public final ErrorCategory category() {
    return category;
  }

  /**
   * {@inheritDoc}
   *
   * <p>True when this error leaves it open, or when an earlier attempt of the same request did.
   */
  @Override
  public final boolean mayHaveBeenExecuted() {
    return mayHaveBeenExecuted || super.mayHaveBeenExecuted();
  }
}
