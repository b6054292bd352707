package cqloop.error;

/**
 * The coordinator has too much work. It may find that out after it has sent a part of a batch to
 * the replicas, so the request may have had effect.
 */
public final class Overloaded extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x1001;

  public Overloaded(String serverMessage) {
    super(CODE, ErrorCategory.BUSY, true, "The coordinator is overloaded", serverMessage);
  }
}
