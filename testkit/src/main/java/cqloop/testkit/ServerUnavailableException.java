package cqloop.testkit;

/**
 * A real server cannot be started on this machine: something is not installed or not built. Tests
 * should be skipped with the message, which says what to add.
 */
public final class ServerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with its message.
   *
   * @param message what is missing, where it was looked for, and what to do
   */
  public ServerUnavailableException(String message) {
    super(message);
  }
}
