package cqloop.error;

/**
 * A server answered with an error code that this driver does not know. Nothing is known of its
 * fields, and the request may have been executed.
 */
public final class UnknownServerError extends ServerException {

  public UnknownServerError(int code, String serverMessage) {
    super(code, ErrorCategory.SERVER, true, "The server answered an unknown error", serverMessage);
  }
}
