package cqloop.netty.cluster;

import cqloop.netty.conn.Connection;
import cqloop.netty.loop.Deadline;
import cqloop.netty.loop.Deadlines;
import io.netty.channel.EventLoop;
import io.vertx.core.Handler;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loop-owned. Waits after a change of schema until all nodes that may get requests have one version
 * of it. Asks the node that made the change, and others when that one cannot say.
 */
public final class SchemaAgreement extends Deadline {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200); // Rules 2.14.

  /** Loop-owned. Where the nodes are that have to agree. */
  public interface Surroundings {

    /** Tells whether requests may go to this node now, so that it has to know the change. */
    boolean counts(UUID hostId);

    /** Returns another open connection, to another node if there is one; null for none now. */
    @Nullable Connection other(Connection than);

    /** Tells whether nobody will connect any more. */
    boolean isClosed();
  }

  private final EventLoop loop;
  private final Deadlines deadlines;
  private final Surroundings surroundings;
  private final Handler<Boolean> done;
  private SchemaVersions asked;
  private boolean ended;

  private SchemaAgreement(
      EventLoop loop,
      Deadlines deadlines,
      Connection connection,
      Surroundings surroundings,
      Handler<Boolean> done) {
    this.loop = loop;
    this.deadlines = deadlines;
    this.surroundings = surroundings;
    this.done = done;
    this.asked = new SchemaVersions(connection, deadlines);
  }

  /**
   * Waits at most so long, whether nodes answer or not.
   *
   * @param connection to the node that made the change
   * @param limitNanos more than 0
   * @param done told on the loop, once: whether the nodes agree
   */
  public static void await(
      EventLoop loop,
      Deadlines deadlines,
      Connection connection,
      Surroundings surroundings,
      long limitNanos,
      Handler<Boolean> done) {
    SchemaAgreement agreement =
        new SchemaAgreement(loop, deadlines, connection, surroundings, done);
    deadlines.add(agreement, deadlines.nanoTime(), limitNanos);
    agreement.ask();
  }

  @Override
  protected void onDeadline() {
    end(false);
  }

  private void ask() {
    if (ended) {
      return;
    }
    if (asked.connection().isClosed() && !move()) {
      if (surroundings.isClosed()) {
        end(false);
      } else {
        askLater();
      }
      return;
    }
    asked.read(
        surroundings::counts,
        (versions, failure) -> {
          if (failure != null) {
            move();
          }
          onVersions(versions);
        });
  }

  /** Goes on at another node; returns whether there is one. */
  private boolean move() {
    Connection other = surroundings.other(asked.connection());
    if (other == null) {
      return false;
    }
    asked = new SchemaVersions(other, deadlines);
    return true;
  }

  private void onVersions(@Nullable Set<UUID> versions) {
    if (versions != null && versions.size() <= 1) {
      end(true);
    } else if (!ended) {
      askLater();
    }
  }

  private void askLater() {
    loop.schedule(this::ask, INTERVAL_NANOS, TimeUnit.NANOSECONDS);
  }

  private void end(boolean agreed) {
    if (!ended) {
      ended = true;
      deadlines.cancel(this);
      done.handle(agreed);
    }
  }
}
