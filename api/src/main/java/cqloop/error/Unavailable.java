package cqloop.error;

import cqloop.Consistency;

/**
 * The coordinator knew before it began that too few replicas are alive. Nothing was executed, with
 * one exception: of an unlogged batch over several partitions, those before the one that failed may
 * have been written, and then the driver says so in {@link #mayHaveBeenExecuted()}.
 */
public final class Unavailable extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x1000;

  private final Consistency consistency;
  private final int required;
  private final int alive;

  public Unavailable(String serverMessage, Consistency consistency, int required, int alive) {
    super(
        CODE,
        ErrorCategory.SERVER,
        false,
        "Too few replicas are alive for %s: %s required, %s alive"
            .formatted(consistency, required, alive),
        serverMessage);
    this.consistency = consistency;
    this.required = required;
    this.alive = alive;
  }

  /** Returns the consistency that could not be met. */
  public Consistency consistency() {
    return consistency;
  }

  /** Returns how many replicas the consistency needs. */
  public int required() {
    return required;
  }

  /** Returns how many of the replicas the coordinator believed to be alive. */
  public int alive() {
    return alive;
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
