package cqloop.netty.conn;

import cqloop.error.CqlException;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. What waits for the answer to one request. Exactly one of its methods is called, once,
 * unless the connection was told to {@link Connection#abandon} it.
 */
public abstract class PendingResponse {

  @Nullable Connection connection;
  int streamId;
  int batch;

  /** Returns the connection that this waits on, or null when it waits on none. */
  public final @Nullable Connection connection() {
    return connection;
  }

  /**
   * Takes the answer.
   *
   * @param from the connection it came on
   * @param flags flags of the frame header
   * @param opcode opcode of the frame header
   * @param body bytes of the frame, owned by the receiver
   * @param wireBytes length of the frame as it came
   */
  protected abstract void onResponse(
      Connection from, int flags, int opcode, byte[] body, int wireBytes);

  /**
   * There will be no answer: the connection is gone, or the body of the answer was damaged.
   *
   * @param from the connection
   * @param error what happened
   * @param written whether the request may have reached the socket
   */
  protected abstract void onLost(Connection from, CqlException error, boolean written);
}
