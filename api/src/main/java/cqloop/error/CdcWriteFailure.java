package cqloop.error;

/**
 * A replica could not keep the change data of a write, usually because the space for them is full.
 * Other replicas may have taken the write.
 */
public final class CdcWriteFailure extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x1600;

  public CdcWriteFailure(String serverMessage) {
    super(
        CODE,
        ErrorCategory.SERVER,
        true,
        "A write to a table with change data capture failed",
        serverMessage);
  }
}
