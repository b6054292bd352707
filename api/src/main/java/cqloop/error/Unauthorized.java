package cqloop.error;

/** The user of the connection may not do what the statement asks. It was not executed. */
public final class Unauthorized extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x2100;

  public Unauthorized(String serverMessage) {
    super(CODE, ErrorCategory.AUTH, false, "The user lacks a permission", serverMessage);
  }
}
