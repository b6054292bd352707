package cqloop.netty.conn;

import cqloop.error.CqlException;
import cqloop.netty.message.Options;
import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Finds out that the other side of a connection is gone. When nothing was read for the
 * interval it sends OPTIONS; when nothing was read for the idle time while that is out, it closes
 * the connection. Only bytes that arrive count as a sign of life.
 */
final class Heartbeat extends PendingResponse {

  /** How long a node may stay silent after a request to it was not answered in time. */
  private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * How long bytes may come without the answer to OPTIONS among them: a page of 256 MB may stand in
   * front of it, but a length that was forged swallows all that follows.
   */
  private static final long DEAF_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Connection connection;
  private final EventLoop loop;
  private final long intervalNanos;
  private final long idleNanos;
  private @Nullable ScheduledFuture<?> timer;
  private boolean out;
  private long giveUpAfterNanos;
  private long beatNanos;

  Heartbeat(Connection connection, EventLoop loop, long intervalNanos, long idleNanos) {
    this.connection = connection;
    this.loop = loop;
    this.intervalNanos = intervalNanos;
    this.idleNanos = idleNanos;
  }

  void start() {
    if (intervalNanos > 0) {
      schedule(intervalNanos);
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** Asks the node for a sign of life now. */
  void probe() {
    if (!out) {
      stop();
      beat(PROBE_NANOS);
    } else if (giveUpAfterNanos > PROBE_NANOS) {
      // One is out already, sent with the patience for a connection that nobody waits on.
      stop();
      giveUpAfterNanos = PROBE_NANOS;
      schedule(PROBE_NANOS);
    }
  }

  private void schedule(long delayNanos) {
    timer = loop.schedule(this::check, delayNanos, TimeUnit.NANOSECONDS);
  }

  private void check() {
    timer = null;
    long now = loop.ticker().nanoTime();
    long silentNanos = now - connection.lastReadNanos();
    if (!out) {
      if (silentNanos >= intervalNanos) {
        beat(idleNanos > 0 ? Math.max(PROBE_NANOS, idleNanos - silentNanos) : intervalNanos);
      } else {
        schedule(intervalNanos - silentNanos);
      }
    } else if (silentNanos < giveUpAfterNanos) {
      // Something was read since: late, but alive.
      long patienceNanos = Math.max(DEAF_NANOS, giveUpAfterNanos) - (now - beatNanos);
      if (patienceNanos > 0) {
        schedule(Math.min(giveUpAfterNanos - silentNanos, patienceNanos));
      } else {
        connection.close(
            "bytes come, but the heartbeat was not answered for %s ms"
                .formatted(TimeUnit.NANOSECONDS.toMillis(now - beatNanos)));
      }
    } else {
      connection.close(
          "nothing was read for %s ms and the heartbeat was not answered"
              .formatted(TimeUnit.NANOSECONDS.toMillis(silentNanos)));
    }
  }

  private void beat(long patienceNanos) {
    out = true;
    giveUpAfterNanos = patienceNanos;
    beatNanos = loop.ticker().nanoTime();
    connection.sendReserved(Options.INSTANCE, this);
    schedule(patienceNanos);
  }

  @Override
  protected void onResponse(Connection from, int flags, int opcode, byte[] body, int wireBytes) {
    out = false;
    stop();
    start();
  }

  @Override
  protected void onLost(Connection from, CqlException error, boolean written) {
    out = false;
  }
}
