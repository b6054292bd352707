package cqloop.netty.conn;

import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Retires a connection that has too many orphans, or one that is too old: an answer
 * that long overdue is lost, and its stream id with it. There is a timer only while there are
 * orphans, and nobody looks at a clock: orphans are counted by generations of a quarter of the
 * limit, so the oldest one is replaced with its connection when it is as old as the limit, or up to
 * a quarter older.
 */
final class OrphanLimits {

  private final Connection connection;
  private final InFlight inFlight;
  private final EventLoop loop;
  private final int maxOrphans;
  private final long generationNanos;
  private final Runnable turn = this::turn;
  private @Nullable ScheduledFuture<?> timer;

  OrphanLimits(Connection connection, InFlight inFlight, EventLoop loop, ConnectionConfig config) {
    this.connection = connection;
    this.inFlight = inFlight;
    this.loop = loop;
    this.maxOrphans = config.maxOrphans();
    this.generationNanos = config.maxOrphanAgeNanos() / InFlight.ORPHAN_AGES;
  }

  /** There is one more. */
  void onOrphan() {
    if (inFlight.orphans() > maxOrphans) {
      connection.retire();
    } else if (timer == null && generationNanos > 0) {
      schedule();
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void turn() {
    timer = null;
    if (inFlight.ageOrphans()) {
      connection.retire();
    } else if (connection.isOpen() && inFlight.orphans() > 0) {
      schedule();
    }
  }

  private void schedule() {
    timer = loop.schedule(turn, generationNanos, TimeUnit.NANOSECONDS);
  }
}
