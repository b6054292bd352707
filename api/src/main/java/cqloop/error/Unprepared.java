package cqloop.error;

import java.util.HexFormat;

/**
 * The node does not know a prepared statement (any more). The driver prepares it again by itself;
 * this reaches the caller only when that does not help.
 */
public final class Unprepared extends ServerException {

  /** The number on the wire. */
  public static final int CODE = 0x2500;

  private final byte[] id;

  public Unprepared(String serverMessage, byte[] id) {
    super(
        CODE,
        ErrorCategory.SERVER,
        false,
        "The node has no prepared statement with id " + HexFormat.of().formatHex(id),
        serverMessage);
    this.id = id.clone();
  }

  /** Returns a copy of the id that the node does not know. */
  public byte[] id() {
    return id.clone();
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
