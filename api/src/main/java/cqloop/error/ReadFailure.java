package cqloop.error;

import cqloop.Consistency;
import java.net.InetAddress;
import java.util.Map;

/** Replicas answered a read with a failure, for example because it met too many tombstones. */
public final class ReadFailure extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x1300;

  private final Consistency consistency;
  private final int received;
  private final int required;
  private final int failureCount;
  private final Map<InetAddress, Integer> failures;
  private final boolean dataPresent;

  /**
   * @param failureCount how many replicas failed
   * @param failures replica to reason number; empty where the protocol only counts them
   */
  public ReadFailure(
      String serverMessage,
      Consistency consistency,
      int received,
      int required,
      int failureCount,
      Map<InetAddress, Integer> failures,
      boolean dataPresent) {
    super(
        CODE,
        ErrorCategory.SERVER,
        true,
        "Read at %s failed on replicas: %s of %s answered, %s"
            .formatted(
                consistency, received, required, ReplicaFailures.describe(failureCount, failures)),
        serverMessage);
    this.consistency = consistency;
    this.received = received;
    this.required = required;
    this.failureCount = failureCount;
    this.failures = ReplicaFailures.copy(failures);
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

  /** Returns how many replicas answered with a failure. */
  public int failureCount() {
    return failureCount;
  }

  /**
   * Returns the replicas that failed, each with the reason number of its server; empty in protocol
   * v3 and v4, which only count them.
   */
  public Map<InetAddress, Integer> failures() {
    return failures;
  }

  /**
   * Tells whether the replica that was asked for the data, and not only for a digest of them, had
   * answered.
   */
  public boolean dataPresent() {
    return dataPresent;
  }
}
