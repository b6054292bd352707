package cqloop.error;

/**
 * The statement asks for what the configuration of the server does not allow. It was not executed.
 */
public final class ConfigError extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x2300;

  public ConfigError(String serverMessage) {
    super(
        CODE,
        ErrorCategory.CLIENT,
        false,
        "The statement is refused by the configuration of the server",
        serverMessage);
  }
}
