package cqloop.netty.engine;

import cqloop.error.SessionClosed;
import cqloop.metadata.Node;
import cqloop.netty.conn.Connection;
import cqloop.netty.conn.ConnectionOwner;
import cqloop.netty.conn.Opening;
import cqloop.netty.conn.ShardPort;
import cqloop.netty.pool.ConnectionSource;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Begins to open a few connections in a turn of the loop, and more in the next: a
 * session on a thousand nodes would else hold the loop while it connects to all of them at once.
 */
final class PacedSource implements ConnectionSource {

  /**
   * To begin one, and to answer for those before it what their nodes said meanwhile, takes about
   * two milliseconds on a cold JVM.
   */
  private static final int PER_TURN = 4;

  private final EventLoop loop;
  private final ConnectionSource source;
  private final Runnable onEnd;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private int begun;

  /**
   * @param onEnd told after each opening that came to an end, good or bad
   */
  PacedSource(EventLoop loop, ConnectionSource source, Runnable onEnd) {
    this.loop = loop;
    this.source = source;
    this.onEnd = onEnd;
  }

  @Override
  public Opening open(
      Node node, @Nullable ShardPort shard, ConnectionOwner owner, Completable<Connection> done) {
    if (begun < PER_TURN) {
      return begin(node, shard, owner, done);
    }
    Waiting later = new Waiting(node, shard, owner, done);
    waiting.add(later);
    return later;
  }

  private Opening begin(
      Node node, @Nullable ShardPort shard, ConnectionOwner owner, Completable<Connection> done) {
    if (++begun == PER_TURN) {
      loop.schedule(this::nextTurn, 0, TimeUnit.NANOSECONDS);
    }
    return source.open(
        node,
        shard,
        owner,
        (connection, failure) -> {
          done.complete(connection, failure);
          onEnd.run();
        });
  }

  private void nextTurn() {
    begun = 0;
    while (begun < PER_TURN && !waiting.isEmpty()) {
      waiting.remove().begin();
    }
  }

  /** Loop-owned. One that waits for a later turn. */
  private final class Waiting implements Opening {

    private final Node node;
    private final @Nullable ShardPort shard;
    private final ConnectionOwner owner;
    private final Completable<Connection> done;
    private Opening opening = NOTHING;

    Waiting(
        Node node, @Nullable ShardPort shard, ConnectionOwner owner, Completable<Connection> done) {
      this.node = node;
      this.shard = shard;
      this.owner = owner;
      this.done = done;
    }

    void begin() {
      opening = PacedSource.this.begin(node, shard, owner, done);
    }

    @Override
    public void abort() {
      if (waiting.remove(this)) {
        // Pools give up only what nobody needs any more.
        done.fail(new SessionClosed(false));
        onEnd.run();
      } else {
        opening.abort();
      }
    }
  }
}
