package cqloop.error;

/**
 * DataStax Enterprise only: the server executed the request, but could not write the answer, for
 * example because this side read too slowly.
 */
public final class ClientWriteFailure extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x8000;

  public ClientWriteFailure(String serverMessage) {
    super(CODE, ErrorCategory.SERVER, true, "The server gave up sending the answer", serverMessage);
  }
}
