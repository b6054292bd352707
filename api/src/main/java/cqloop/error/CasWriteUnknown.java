package cqloop.error;

import cqloop.Consistency;

/**
 * A conditional write was accepted by too few replicas to be sure of its end: it may be applied or
 * dropped later. Read at a serial consistency to find out; to repeat it blindly is wrong.
 */
public final class CasWriteUnknown extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x1700;

  private final Consistency consistency;
  private final int received;
  private final int required;

  public CasWriteUnknown(
      String serverMessage, Consistency consistency, int received, int required) {
    super(
        CODE,
        ErrorCategory.SERVER,
        true,
        "Outcome of a conditional write at %s is not known: %s of %s replicas accepted it"
            .formatted(consistency, received, required),
        serverMessage);
    this.consistency = consistency;
    this.received = received;
    this.required = required;
  }

  /** Returns the consistency of the request. */
  public Consistency consistency() {
    return consistency;
  }

  /** Returns how many replicas had answered. */
  public int received() {
    return received;
  }

  /** Returns how many replicas had to answer. */
  public int required() {
    return required;
  }
}
