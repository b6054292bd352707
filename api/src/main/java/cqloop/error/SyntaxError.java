package cqloop.error;

/** The text of the statement could not be parsed. It was not executed. */
public final class SyntaxError extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x2000;

  public SyntaxError(String serverMessage) {
    super(CODE, ErrorCategory.CLIENT, false, "The statement is not valid CQL", serverMessage);
  }
}
