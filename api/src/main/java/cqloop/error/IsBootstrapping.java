package cqloop.error;

/**
 * The coordinator is joining the cluster and takes no requests yet. The request was not executed.
 */
public final class IsBootstrapping extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x1002;

  public IsBootstrapping(String serverMessage) {
    super(CODE, ErrorCategory.BUSY, false, "The coordinator is still starting", serverMessage);
  }
}
