package cqloop.error;

/**
 * The other side sent bytes that the native protocol forbids. Where only the body of one frame is
 * wrong, only its request fails; where the framing is broken, the connection is closed and every
 * request on it fails.
 */
public final class ProtocolViolation extends CqlException {

  public ProtocolViolation(String message) {
    super(message);
  }

  @Override
  public ErrorCategory category() {
    return ErrorCategory.SERVER;
  }
}
