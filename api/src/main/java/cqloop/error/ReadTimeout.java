package cqloop.error;

import cqloop.Consistency;

/** Too few replicas answered a read within the time limit of the server. */
public final class ReadTimeout extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x1200;

  private final Consistency consistency;
  private final int received;
  private final int required;
  private final boolean dataPresent;

  public ReadTimeout(
      String serverMessage,
      Consistency consistency,
      int received,
      int required,
      boolean dataPresent) {
    super(
        CODE,
        ErrorCategory.TIMEOUT,
        true,
        "Read at %s timed out on the server: %s of %s replicas answered, data %s"
            .formatted(consistency, received, required, dataPresent ? "present" : "absent"),
        serverMessage);
    this.consistency = consistency;
    this.received = received;
    this.required = required;
    this.dataPresent = dataPresent;
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

  /**
   * Tells whether the replica that was asked for the data, and not only for a digest of them, had
   * answered.
   */
  public boolean dataPresent() {
    return dataPresent;
  }
}
