package cqloop.error;

/**
 * Value. What a write was, as {@link WriteTimeout} and {@link WriteFailure} name it. Texts, and not
 * an enum, because servers may add more.
 */
public final class WriteType {

  // native_protocol_v5.spec §9, Write_timeout.

  /** A write that is neither a batch nor a counter. */
  public static final String SIMPLE = "SIMPLE";

  /** A logged batch; its log was written, so it will be applied in the end. */
  public static final String BATCH = "BATCH";

  /** An unlogged batch: parts of it may be missing. */
  public static final String UNLOGGED_BATCH = "UNLOGGED_BATCH";

  /** A counter: to repeat it may count twice. */
  public static final String COUNTER = "COUNTER";

  /** The log of a logged batch. */
  public static final String BATCH_LOG = "BATCH_LOG";

  /** A conditional write. */
  public static final String CAS = "CAS";

  /** A materialized view together with its base table. */
  public static final String VIEW = "VIEW";

  /** A table with change data capture whose space is used up. */
  public static final String CDC = "CDC";

  private WriteType() {}
}
