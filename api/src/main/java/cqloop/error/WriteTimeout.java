package cqloop.error;

import cqloop.Consistency;

/**
 * Too few replicas confirmed a write within the time limit of the server. The write may be on some
 * replicas, and may reach the others later.
 */
public final class WriteTimeout extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x1100;

  private final Consistency consistency;
  private final int received;
  private final int required;
  private final String writeType;
  private final int contentions;

  /** For an error that tells no number of contentions. */
  public WriteTimeout(
      String serverMessage, Consistency consistency, int received, int required, String writeType) {
    this(serverMessage, consistency, received, required, writeType, -1);
  }

  /**
   * @param contentions how often another conditional write came between; -1 when not told
   */
  public WriteTimeout(
      String serverMessage,
      Consistency consistency,
      int received,
      int required,
      String writeType,
      int contentions) {
    super(
        CODE,
        ErrorCategory.TIMEOUT,
        true,
        "Write (%s) at %s timed out on the server: %s of %s replicas confirmed it"
            .formatted(writeType, consistency, received, required),
        serverMessage);
    this.consistency = consistency;
    this.received = received;
    this.required = required;
    this.writeType = writeType;
    this.contentions = contentions;
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

  /** Returns what was being written: one of {@link WriteType}, or a name that is not there yet. */
  public String writeType() {
    return writeType;
  }

  /**
   * Returns how often another conditional write came between, or -1 when the server did not tell:
   * it does so for {@link WriteType#CAS} from protocol v5.
   */
  public int contentions() {
    return contentions;
  }
}
