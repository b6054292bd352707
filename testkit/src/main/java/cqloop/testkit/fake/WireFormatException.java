package cqloop.testkit.fake;

/** Value. Bytes that do not follow the protocol: what was read, where, and what was expected. */
public final class WireFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the error with a message that says what was read and what was expected. */
  public WireFormatException(String message) {
    super(message);
  }

  /** Creates the error with the failure of a library that decoded the bytes. */
  public WireFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
