package cqloop.error;

/**
 * The statement can be parsed but not executed: a name is unknown, a type is wrong, a rule is
 * broken. It was not executed.
 */
public final class InvalidQuery extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x2200;

  public InvalidQuery(String serverMessage) {
    super(
        CODE,
        ErrorCategory.CLIENT,
        false,
        "The statement is well formed but not valid",
        serverMessage);
  }
}
