package cqloop.netty.pool;

import cqloop.ProtocolVersion;
import cqloop.error.AuthenticationFailed;
import cqloop.error.ConnectionFailed;
import cqloop.error.CqlException;
import cqloop.error.SessionClosed;
import cqloop.error.WrongNode;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ConnectionOwner;
import cqloop.netty.conn.Opening;
import cqloop.netty.message.Event;
import cqloop.spi.ReconnectionPolicy;
import io.netty.channel.EventLoop;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. The connections of one event loop to one node. Opens one after the other until it has
 * as many as it should, opens new ones for those that are lost, and lets requests wait when all are
 * busy.
 */
public final class NodePool implements ConnectionOwner {

  private static final Logger LOG = LoggerFactory.getLogger(NodePool.class);

  /**
   * A connection that lived at least this long is replaced at once; one that did not waits its turn
   * in the schedule, which goes on, so that a node which hangs up on every connection is asked ever
   * more rarely.
   */
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop loop;
  private final ConnectionSource source;
  private final RetryTimer retry;
  private final PoolListener listener;
  private final int size;
  private final WaitQueue waiters;
  private final List<Connection> open = new ArrayList<>(1);
  private final List<Connection> retired = new ArrayList<>(1);
  private final PoolSize counted = new PoolSize();

  private Node node;
  private Opening opening = Opening.NOTHING;
  private boolean connecting;
  private boolean closed;
  private boolean toldDown;
  private boolean toldRefused;
  private @Nullable CqlException lastFailure;

  /**
   * @param size how many connections to keep open, 1 or more
   */
  public NodePool(
      EventLoop loop,
      Node node,
      int size,
      ConnectionSource source,
      ReconnectionPolicy reconnection,
      WaitingRoom room,
      PoolListener listener) {
    this.loop = loop;
    this.node = node;
    this.size = size;
    this.source = source;
    this.retry = new RetryTimer(loop, reconnection, this::fill);
    this.waiters = new WaitQueue(room);
    this.listener = listener;
  }

  /** Returns the least busy connection that takes a request now, or null. */
  public @Nullable Connection pick() {
    assert loop.inEventLoop();
    Connection best = null;
    for (int i = 0; i < open.size(); i++) {
      Connection candidate = open.get(i);
      if (candidate.canSend() && (best == null || candidate.inFlight() < best.inFlight())) {
        best = candidate;
      }
    }
    return best;
  }

  /** Tells whether it is worth waiting: all connections are busy, or the first is being opened. */
  public boolean isWorthWaiting() {
    return !closed && (!open.isEmpty() || (connecting && lastFailure == null));
  }

  /**
   * Lets a request wait until a connection takes it.
   *
   * @return false when as many wait on this loop as may
   */
  public boolean await(Waiter waiter) {
    if (!waiters.add(waiter)) {
      return false;
    }
    wantCapacity();
    return true;
  }

  /** Takes back a request that waits. */
  public void cancel(Waiter waiter) {
    waiters.cancel(waiter);
  }

  /** Opens connections until there are as many as there should be, unless it is at it already. */
  public void fill() {
    assert loop.inEventLoop();
    if (!connecting && !closed && !retry.isWaiting() && open.size() < size) {
      connecting = true;
      Opening begun =
          source.open(
              node,
              this,
              (connection, failure) -> {
                connecting = false;
                opening = Opening.NOTHING;
                if (failure == null) {
                  onOpened(connection);
                } else {
                  onNotOpened(asCqlException(failure));
                }
              });
      if (connecting) {
        opening = begun;
      }
    }
  }

  /**
   * Replaces a connection by a new one, and lets it end its requests. When the new one cannot be
   * opened, the old one stays.
   */
  public void renew(Connection old) {
    assert loop.inEventLoop();
    if (closed || !open.contains(old)) {
      return; // It was lost in the meantime, and replaced.
    }
    source.open(
        node,
        this,
        (newer, failure) -> {
          if (failure != null) {
            LOG.warn(
                "The connection to %s is not renewed, the old one stays: %s"
                    .formatted(node.endpoint(), failure.getMessage()));
          } else if (closed || !open.contains(old)) {
            newer.close("it is not needed any more");
          } else {
            open.add(newer);
            counted.set(open.size(), retired.size());
            old.retire();
            serveWaiters();
          }
        });
  }

  /** Tries to connect soon instead of at the end of the present delay. */
  public void retryNow() {
    retry.hurry();
  }

  /** Replaces the connections that speak another version; their requests end first. */
  public void replaceAllBut(ProtocolVersion version) {
    for (Connection connection : List.copyOf(open)) {
      if (connection.features().version() != version) {
        connection.retire();
      }
    }
  }

  /** Asks the node for a sign of life on every connection. */
  public void probe() {
    for (int i = 0; i < open.size(); i++) {
      open.get(i).probe();
    }
  }

  /** Returns the node. */
  public Node node() {
    return node;
  }

  /** Takes a newer snapshot of the same node. */
  public void setNode(Node newer) {
    node = newer;
  }

  /** Returns the connections that take requests. */
  public List<Connection> connections() {
    return open;
  }

  /** Returns how many connections it has, for any thread. */
  public PoolSize counted() {
    return counted;
  }

  /** Returns how many stream ids are taken on all its connections. */
  public int inFlight() {
    int sum = 0;
    for (int i = 0; i < open.size(); i++) {
      sum += open.get(i).inFlight();
    }
    return sum;
  }

  /** Returns why it has no connection. */
  public CqlException lastFailure() {
    return lastFailure == null
        ? new ConnectionFailed(node.endpoint(), "no connection is open yet", null)
        : lastFailure;
  }

  /** Closes every connection and opens no more. */
  public void close() {
    stop();
    for (Connection connection : List.copyOf(open)) {
      connection.close("the session is closed");
    }
    for (Connection connection : List.copyOf(retired)) {
      connection.close("the session is closed");
    }
    failWaiters(new SessionClosed(false));
    opening.abort();
  }

  /** The node has left: opens no more connections, and closes each when its requests have ended. */
  public void leave() {
    stop();
    for (Connection connection : List.copyOf(open)) {
      connection.retire();
    }
    failWaiters(new ConnectionFailed(node.endpoint(), "the node has left the cluster", null));
    opening.abort();
  }

  /** Tells whether no connection is left. */
  public boolean isDrained() {
    return open.isEmpty() && retired.isEmpty();
  }

  private void stop() {
    assert loop.inEventLoop();
    closed = true;
    retry.stop();
  }

  private void onOpened(Connection connection) {
    if (closed) {
      connection.close("the session is closed");
      return;
    }
    boolean first = open.isEmpty();
    open.add(connection);
    counted.set(open.size(), retired.size());
    lastFailure = null;
    toldRefused = false;
    if (first) {
      toldDown = false;
      listener.onUp(node);
    }
    serveWaiters();
    fill();
  }

  private void onNotOpened(CqlException reason) {
    if (closed) {
      failWaiters(new SessionClosed(false));
      return;
    }
    boolean lasting = reason instanceof AuthenticationFailed || reason instanceof WrongNode;
    if (lasting && !toldRefused) {
      // No request need fail of it while older connections serve, so nobody else would tell.
      toldRefused = true;
      LOG.warn(
          "New connections come to nothing, and are tried again later: " + reason.getMessage());
    }
    if (open.isEmpty()) {
      lastFailure = reason;
      failWaiters(reason);
      tellDown(reason);
    }
    retryLater();
  }

  private void retryLater() {
    if (!closed) {
      retry.later();
    }
  }

  @Override
  public void onAvailable(Connection connection) {
    serveWaiters();
  }

  @Override
  public void onRetired(Connection connection) {
    if (open.remove(connection)) {
      retired.add(connection);
      counted.set(open.size(), retired.size());
      fill();
    }
  }

  @Override
  public void onClosed(Connection connection, CqlException reason) {
    retired.remove(connection);
    boolean wasOpen = open.remove(connection);
    counted.set(open.size(), retired.size());
    if (!wasOpen || closed) {
      return;
    }
    if (loop.ticker().nanoTime() - connection.openedNanos() >= SETTLED_NANOS) {
      retry.reset();
      fill();
    } else {
      retryLater();
    }
    if (open.isEmpty()) {
      lastFailure = connecting ? null : reason;
      tellDown(reason);
      if (!connecting) {
        failWaiters(reason);
      }
    }
  }

  @Override
  public void onSuspected(Connection connection) {
    listener.onSuspected(node);
  }

  @Override
  public void onEvent(Connection connection, Event event) {
    listener.onEvent(connection, event);
  }

  private void tellDown(CqlException reason) {
    if (!toldDown) {
      toldDown = true;
      listener.onDown(node, reason);
    }
  }

  private void serveWaiters() {
    Connection connection = waiters.isEmpty() ? null : pick();
    while (connection != null) {
      Waiter waiter = waiters.poll();
      if (waiter == null) {
        return;
      }
      waiter.onConnection(connection);
      connection = waiters.isEmpty() ? null : pick();
    }
    wantCapacity();
  }

  private void wantCapacity() {
    if (!waiters.isEmpty()) {
      for (int i = 0; i < open.size(); i++) {
        open.get(i).wantCapacity();
      }
    }
  }

  private void failWaiters(CqlException reason) {
    Waiter waiter = waiters.poll();
    while (waiter != null) {
      waiter.onNoConnection(reason);
      waiter = waiters.poll();
    }
  }

  private CqlException asCqlException(Throwable failure) {
    return failure instanceof CqlException known
        ? known
        : new ConnectionFailed(node.endpoint(), String.valueOf(failure.getMessage()), failure);
  }
}
