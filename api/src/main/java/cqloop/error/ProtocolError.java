package cqloop.error;

/**
 * The server found the request to break the native protocol, or does not speak its version. The
 * request was not executed.
 */
public final class ProtocolError extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x000A;

  public ProtocolError(String serverMessage) {
    super(
        CODE, ErrorCategory.CLIENT, false, "The server could not read the request", serverMessage);
  }
}
