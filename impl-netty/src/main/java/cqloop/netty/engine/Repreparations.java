package cqloop.netty.engine;

import cqloop.netty.conn.Connection;
import cqloop.netty.message.Prepare;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Loop-owned. Prepares again what nodes have forgotten: one PREPARE for each connection and id,
 * however many requests were refused. The others wait for its answer.
 */
public final class Repreparations {

  /** Who comes when so many wait for one answer goes to the next node. */
  public static final int MAX_WAITING = 4096;

  /** Answers that are remembered for requests that were sent before them and are refused after. */
  private static final int MAX_REMEMBERED = 256;

  /** Value. What a PREPARE makes known, and where. */
  record Key(Connection connection, ByteBuffer id) {

    static Key of(Connection connection, byte[] id) {
      return new Key(connection, ByteBuffer.wrap(id));
    }
  }

  private final Map<Key, Repreparation> running = new HashMap<>();

  /** When PREPARE was answered last, the oldest first. */
  private final Map<Key, Long> answeredNanos =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /**
   * Tells whether the node has prepared the statement after it was sent a request that it refused
   * for want of it: then the request need only be sent again.
   */
  public boolean isAnsweredSince(Connection connection, byte[] id, long sentNanos) {
    Long nanos = answeredNanos.get(Key.of(connection, id));
    return nanos != null && nanos - sentNanos > 0;
  }

  /**
   * Prepares a statement on a connection, or waits for the PREPARE of another request.
   *
   * @param id what the node has forgotten
   * @param waiter told of the answer, or that there is none, later, once
   * @return false when the connection takes no more, or as many wait as may: it hears nothing then
   * @throws cqloop.error.CqlException when PREPARE cannot be encoded; it hears nothing then
   */
  public boolean prepare(
      Connection connection, byte[] id, Prepare request, RepreparationWaiter waiter) {
    Key key = Key.of(connection, id);
    Repreparation known = running.get(key);
    if (known != null) {
      return known.add(waiter);
    }
    if (!connection.canSend()) {
      return false;
    }
    Repreparation first = new Repreparation(this, key);
    running.put(key, first);
    first.add(waiter);
    try {
      connection.send(request, first);
    } catch (RuntimeException cannotBeEncoded) {
      first.remove(waiter);
      throw cannotBeEncoded;
    }
    return true;
  }

  /** A PREPARE is over, or nobody waits for it any more. */
  void remove(Repreparation ended) {
    running.remove(ended.key(), ended);
  }

  /** The node knows the statement from this moment on. */
  void onPrepared(Repreparation ended, long atNanos) {
    answeredNanos.keySet().removeIf(key -> key.connection().isClosed());
    answeredNanos.remove(ended.key());
    answeredNanos.put(ended.key(), atNanos);
  }

  /** Tells whether nobody waits. */
  public boolean isEmpty() {
    return running.isEmpty();
  }
}
