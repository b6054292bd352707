package cqloop.netty.pool;

import cqloop.ProtocolVersion;
import cqloop.error.ConnectionFailed;
import cqloop.error.CqlException;
import cqloop.error.SessionClosed;
import cqloop.metadata.Node;
import cqloop.metadata.Sharding;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ConnectionOwner;
import cqloop.netty.conn.NodeLoads;
import cqloop.netty.conn.Opening;
import cqloop.netty.conn.OpeningSteps;
import cqloop.netty.conn.ShardPort;
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
  private final NodeReports reports;
  private final WaitQueue waiters;
  private final PoolConnections connections;

  private Node node;
  private @Nullable Sharding sharding;
  private final List<Opening> renewing = new ArrayList<>(0);
  private Opening opening = Opening.NOTHING;
  private boolean connecting;
  private boolean closed;

  /**
   * @param shards which connections the pool should have
   * @param loads where its connections count their requests
   */
  public NodePool(
      EventLoop loop,
      Node node,
      ShardTable shards,
      ConnectionSource source,
      ReconnectionPolicy reconnection,
      WaitingRoom room,
      NodeLoads loads,
      PoolListener listener) {
    this.loop = loop;
    this.node = node;
    this.connections = new PoolConnections(shards, loads, node.index());
    this.source = source;
    this.retry = new RetryTimer(loop, reconnection, this::fill);
    this.waiters = new WaitQueue(room);
    this.listener = listener;
    this.reports = new NodeReports(listener);
  }

  /** Returns the least busy connection that takes a request now, or null. */
  public @Nullable Connection pick() {
    assert loop.inEventLoop();
    return connections.pick();
  }

  /** Returns how the node divides its tokens among its shards, or null when it has none. */
  public @Nullable Sharding sharding() {
    return sharding;
  }

  /**
   * Returns a connection to this shard that takes a request now, else any other one, or null.
   *
   * @param shard -1 when any will do
   */
  public @Nullable Connection pick(int shard) {
    assert loop.inEventLoop();
    return connections.pick(shard);
  }

  /** Tells whether it is worth waiting: all connections are busy, or the first is being opened. */
  public boolean isWorthWaiting() {
    return !closed && (!connections.open().isEmpty() || (connecting && !reports.hasFailed()));
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
    if (!connecting && !closed && !retry.isWaiting() && connections.lacks()) {
      connecting = true;
      ShardPort shard = connections.shards().target(loop.ticker().nanoTime());
      Opening begun =
          source.open(
              node,
              shard,
              this,
              (connection, failure) -> {
                connecting = false;
                opening = Opening.NOTHING;
                if (failure == null) {
                  onOpened(connection, shard);
                } else if (shard != null && !closed) {
                  connections
                      .shards()
                      .pause(node.endpoint(), failure.getMessage(), loop.ticker().nanoTime());
                  fill();
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
    if (closed || !connections.open().contains(old)) {
      return; // It was lost in the meantime, and replaced.
    }
    OpeningSteps begun = new OpeningSteps();
    renewing.add(begun);
    begun.next(
        () ->
            source.open(
                node,
                null,
                this,
                (newer, failure) -> {
                  renewing.remove(begun);
                  onRenewed(old, newer, failure);
                }));
  }

  private void onRenewed(Connection old, @Nullable Connection newer, @Nullable Throwable failure) {
    if (newer == null) {
      if (!closed) {
        LOG.warn(
            "The connection to %s is not renewed, the old one stays: %s"
                .formatted(node.endpoint(), failure == null ? "" : failure.getMessage()));
      }
    } else if (closed || !connections.open().contains(old)) {
      newer.close("it is not needed any more");
    } else if (sharding != null) {
      // The node chooses the shard of the new one: it is put where one lacks.
      old.retire();
      onOpened(newer, null);
    } else {
      connections.replace(old, newer);
      serveWaiters();
    }
  }

  /** Tries to connect soon instead of at the end of the present delay. */
  public void retryNow() {
    retry.hurry();
  }

  /** Replaces the connections that speak another version; their requests end first. */
  public void replaceAllBut(ProtocolVersion version) {
    connections.retireAllBut(version);
  }

  /** Changes how many connections it should have. */
  public void resize(int size) {
    assert loop.inEventLoop();
    if (connections.resize(size)) {
      fill();
    }
  }

  /** Asks the node for a sign of life on every connection. */
  public void probe() {
    connections.open().forEach(Connection::probe);
  }

  /** Returns the node. */
  public Node node() {
    return node;
  }

  /** Takes a newer snapshot of the same node. */
  public void setNode(Node newer) {
    node = newer.withSharding(sharding);
  }

  /** Returns the connections that take requests. */
  public List<Connection> connections() {
    return connections.open();
  }

  /** Returns how many connections it has, for any thread. */
  public PoolSize counted() {
    return connections.counted();
  }

  /** Returns why it has no connection. */
  public CqlException lastFailure() {
    return reports.lastFailure(node);
  }

  /** Closes every connection and opens no more. */
  public void close() {
    stop();
    connections.closeAll("the session is closed");
    waiters.failAll(new SessionClosed(false));
    abortOpenings();
  }

  /** The node has left: opens no more connections, and closes each when its requests have ended. */
  public void leave() {
    stop();
    connections.retireAll("the node has left the cluster");
    waiters.failAll(new ConnectionFailed(node.endpoint(), "the node has left the cluster", null));
    abortOpenings();
  }

  private void abortOpenings() {
    opening.abort();
    List.copyOf(renewing).forEach(Opening::abort);
  }

  /** Tells whether no connection is left. */
  public boolean isDrained() {
    return connections.isEmpty();
  }

  private void stop() {
    assert loop.inEventLoop();
    closed = true;
    retry.stop();
  }

  private void onOpened(Connection connection, @Nullable ShardPort asked) {
    if (closed) {
      connection.close("the session is closed");
      return;
    }
    ShardTable shards = connections.shards();
    connections.adaptTo(connection);
    sharding = shards.sharding();
    node = node.withSharding(sharding);
    shards.compare(asked, connection, loop.ticker().nanoTime());
    if (!connections.lacks()) {
      connection.close("there are as many as there should be by now");
      return;
    }
    boolean first = connections.open().isEmpty();
    if (connections.add(connection)) {
      reports.onServing(node, first);
      serveWaiters();
    } else if (shards.isSurplusFull()) {
      shards.closeSurplus("the node gives no connection to the shards that lack one");
      retryLater();
      return;
    }
    if (!connections.lacks()) {
      shards.closeSurplus("every shard has its connection");
    }
    fill();
  }

  private void onNotOpened(CqlException reason) {
    if (closed) {
      waiters.failAll(new SessionClosed(false));
      return;
    }
    reports.onRefused(reason);
    if (connections.open().isEmpty()) {
      reports.onNone(reason, false);
      waiters.failAll(reason);
      reports.tellDown(node, reason);
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
    if (connections.retire(connection)) {
      fill();
      serveWaiters();
    }
  }

  @Override
  public void onClosed(Connection connection, CqlException reason) {
    boolean served = connections.remove(connection);
    if (!served || closed) {
      return;
    }
    if (loop.ticker().nanoTime() - connection.openedNanos() >= SETTLED_NANOS) {
      retry.reset();
      fill();
    } else {
      retryLater();
    }
    if (connections.open().isEmpty()) {
      reports.onNone(reason, connecting);
      reports.tellDown(node, reason);
      if (!connecting) {
        waiters.failAll(reason);
      }
    } else {
      serveWaiters();
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
      connections.wantCapacity();
    }
  }

  private CqlException asCqlException(Throwable failure) {
    return failure instanceof CqlException known
        ? known
        : new ConnectionFailed(node.endpoint(), String.valueOf(failure.getMessage()), failure);
  }
}
