package cqloop.netty.vertx;

import cqloop.error.ConnectionFailed;
import cqloop.error.CqlException;
import cqloop.netty.conn.Opening;
import cqloop.netty.conn.OpeningGate;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. Lets a few connections to each node be opened at once, and the others wait in the
 * order in which they came. Each node has a loop that keeps its queue: whoever comes asks it by a
 * task, and is told by a task, so that no lock is needed.
 */
final class NodeGate implements OpeningGate {

  /** Connections to one node that may be on their way at once; faults A18. */
  static final int MAX_OPENING = 2;

  /** Openings that may wait for one node. */
  static final int MAX_WAITING = 10_000;

  private final List<Keeper> keepers = new ArrayList<>();

  /**
   * @param loops keep the queues
   */
  NodeGate(List<EventLoop> loops) {
    for (EventLoop loop : loops) {
      keepers.add(new Keeper(loop));
    }
  }

  @Override
  public Opening enter(
      EventLoop loop, String endpoint, long patienceNanos, Completable<Pass> done) {
    Keeper keeper = keepers.get(Math.floorMod(endpoint.hashCode(), keepers.size()));
    Turn turn = new Turn(loop, keeper, endpoint, patienceNanos, done);
    on(keeper.loop, () -> keeper.ask(turn));
    return turn;
  }

  private static void on(EventLoop loop, Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else if (!loop.isShutdown()) {
      loop.execute(task);
    }
  }

  private enum Place {
    WAITING,
    INSIDE,
    GONE
  }

  /** One who wants to open a connection. Owned by his loop, but for what the keeper remembers. */
  private static final class Turn implements Opening, Pass {

    final EventLoop loop;
    final String endpoint;
    final long patienceNanos;
    private final Keeper keeper;
    private final Completable<Pass> done;
    private boolean told;

    // Of the keeper.
    Place place = Place.WAITING;
    long askedNanos;

    Turn(
        EventLoop loop,
        Keeper keeper,
        String endpoint,
        long patienceNanos,
        Completable<Pass> done) {
      this.loop = loop;
      this.keeper = keeper;
      this.endpoint = endpoint;
      this.patienceNanos = patienceNanos;
      this.done = done;
    }

    void begin() {
      if (!told) {
        told = true;
        done.succeed(this);
      }
    }

    void refuse(CqlException reason) {
      if (!told) {
        told = true;
        done.fail(reason);
      }
    }

    @Override
    public void abort() {
      if (!told) {
        // The keeper may have let it in by now: leaving is right all the same.
        leave(false);
        refuse(new ConnectionFailed(endpoint, "given up while it waited for its turn", null));
      }
    }

    @Override
    public void leave(boolean opened) {
      on(keeper.loop, () -> keeper.leave(this, opened));
    }
  }

  /** The connections to one node that are being opened. */
  private static final class Lane {
    final Set<Turn> waiting = new LinkedHashSet<>();
    int inside;
    boolean anyOpened;
    long openedNanos;
    @Nullable ScheduledFuture<?> check;
  }

  /** Owned by its loop. Keeps the lanes of some nodes. */
  private static final class Keeper {

    final EventLoop loop;
    private final Map<String, Lane> lanes = new HashMap<>();

    Keeper(EventLoop loop) {
      this.loop = loop;
    }

    void ask(Turn turn) {
      Lane lane = lanes.computeIfAbsent(turn.endpoint, endpoint -> new Lane());
      if (lane.inside < MAX_OPENING) {
        lane.inside++;
        turn.place = Place.INSIDE;
        on(turn.loop, turn::begin);
      } else if (lane.waiting.size() < MAX_WAITING) {
        turn.askedNanos = loop.ticker().nanoTime();
        lane.waiting.add(turn);
        if (turn.patienceNanos > 0) {
          checkIn(lane, turn.patienceNanos);
        }
      } else {
        turn.place = Place.GONE;
        refuse(
            turn,
            "%s connections to it wait already to be opened; open fewer sessions at once"
                .formatted(MAX_WAITING));
      }
    }

    void leave(Turn turn, boolean opened) {
      Lane lane = lanes.get(turn.endpoint);
      if (lane == null || turn.place == Place.GONE) {
        return;
      }
      if (turn.place == Place.WAITING) {
        lane.waiting.remove(turn);
      } else {
        lane.inside--;
        if (opened) {
          lane.anyOpened = true;
          lane.openedNanos = loop.ticker().nanoTime();
        }
        admitNext(lane);
      }
      turn.place = Place.GONE;
      if (lane.inside == 0) {
        stopCheck(lane);
        lanes.remove(turn.endpoint);
      }
    }

    private static void admitNext(Lane lane) {
      Iterator<Turn> waiting = lane.waiting.iterator();
      if (waiting.hasNext()) {
        Turn next = waiting.next();
        waiting.remove();
        lane.inside++;
        next.place = Place.INSIDE;
        // In a turn of the loop of its own: thousands that fail at once must not nest.
        next.loop.execute(next::begin);
      }
    }

    /** While connections are opened, however slowly, all go on waiting. */
    private void check(Lane lane) {
      long now = loop.ticker().nanoTime();
      long soonest = Long.MAX_VALUE;
      for (Turn turn : List.copyOf(lane.waiting)) {
        if (turn.patienceNanos > 0) {
          long waited = now - turn.askedNanos;
          long idle = lane.anyOpened ? Math.min(waited, now - lane.openedNanos) : waited;
          if (idle < turn.patienceNanos) {
            soonest = Math.min(soonest, turn.patienceNanos - idle);
          } else {
            lane.waiting.remove(turn);
            turn.place = Place.GONE;
            refuse(
                turn,
                "it waited %s for its turn, and of the %s connections on their way none was opened"
                    .formatted(Duration.ofNanos(waited), MAX_OPENING));
          }
        }
      }
      if (soonest < Long.MAX_VALUE) {
        checkIn(lane, soonest);
      }
    }

    private void checkIn(Lane lane, long nanos) {
      ScheduledFuture<?> planned = lane.check;
      if (planned != null && planned.getDelay(TimeUnit.NANOSECONDS) <= nanos) {
        return;
      }
      stopCheck(lane);
      lane.check =
          loop.schedule(
              () -> {
                lane.check = null;
                check(lane);
              },
              nanos,
              TimeUnit.NANOSECONDS);
    }

    private static void stopCheck(Lane lane) {
      if (lane.check != null) {
        lane.check.cancel(false);
        lane.check = null;
      }
    }

    private static void refuse(Turn turn, String problem) {
      ConnectionFailed reason = new ConnectionFailed(turn.endpoint, problem, null);
      on(turn.loop, () -> turn.refuse(reason));
    }
  }
}
