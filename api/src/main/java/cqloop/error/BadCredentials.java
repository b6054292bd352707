package cqloop.error;

/** The server refused the credentials of a connection. */
public final class BadCredentials extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x0100;

  public BadCredentials(String serverMessage) {
    super(CODE, ErrorCategory.AUTH, false, "The server refused the credentials", serverMessage);
  }
}
