package cqloop.netty.session;

import cqloop.error.InvalidOptions;
import cqloop.error.SessionClosed;
import cqloop.metadata.Node;
import cqloop.metadata.Topology;
import cqloop.netty.cluster.ClusterState;
import cqloop.netty.cluster.ContactPoints;
import cqloop.netty.vertx.CloseHooks;
import cqloop.spi.ReconnectionPolicy;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned, but for {@link #opened} and {@link #close}. The opening of one session: its
 * contact points are looked up, its pools opened, the cluster is read over the first node that
 * takes a connection. It can be given up at any moment; a failure leaves nothing behind.
 */
final class SessionStart {

  /** Makes the session of contact points that were looked up. */
  interface Maker {
    /** Returns a session that has opened nothing yet. */
    SessionCore make(List<Node> nodes, OpeningWatch watch);
  }

  /**
   * Value. What an opening needs.
   *
   * @param pauses when to try again, for a session that goes on trying
   */
  record Plan(ContactPoints contactPoints, ReconnectionPolicy pauses, Maker maker) {}

  /** Names are looked up anew this often at least while no node answers; faults A11. */
  private static final long MAX_PAUSE_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private final EventLoop home;
  private final boolean keepTrying;
  private final Promise<SessionCore> outcome = Promise.promise();

  private CloseHooks hooks = CloseHooks.NONE;
  private @Nullable ContactPoints contactPoints;
  private @Nullable SessionCore core;
  private @Nullable ScheduledFuture<?> retry;
  private ReconnectionPolicy.@Nullable Schedule schedule;
  private boolean connected;
  private boolean ended;

  /**
   * @param keepTrying whether to go on when no contact point answers
   */
  SessionStart(EventLoop home, boolean keepTrying) {
    this.home = home;
    this.keepTrying = keepTrying;
  }

  /** Completes when the session is open. */
  Future<SessionCore> opened() {
    return outcome.future();
  }

  /** Takes the hook that must go when the session is closed. */
  void setHooks(CloseHooks added) {
    home.execute(
        () -> {
          hooks = added;
          if (core != null) {
            core.closer().setHooks(added);
          } else if (ended) {
            added.remove();
          }
        });
  }

  /** Closes the session, or gives its opening up. */
  Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    home.execute(
        () -> {
          fail(new SessionClosed(false));
          if (core == null) {
            outcome.future().onComplete((never, failure) -> closed.complete());
          } else {
            core.closer().close().onComplete(closed);
          }
        });
    return closed.future();
  }

  /** Begins, on the home loop. */
  void begin(Future<Plan> planned) {
    planned.onComplete(
        (plan, failure) ->
            home.execute(
                () -> {
                  if (failure != null) {
                    fail(failure);
                  } else {
                    lookUp(plan);
                  }
                }));
  }

  private void lookUp(Plan plan) {
    if (ended) {
      return;
    }
    contactPoints = plan.contactPoints();
    plan.contactPoints()
        .resolve()
        .onComplete(
            (nodes, failure) -> {
              if (ended) {
                return;
              }
              if (failure == null) {
                open(plan, nodes);
              } else if (keepTrying) {
                later(plan, () -> lookUp(plan));
              } else {
                fail(failure);
              }
            });
  }

  private void open(Plan plan, List<Node> nodes) {
    if (nodes.isEmpty()) {
      fail(
          new InvalidOptions(
              "contactPoints", "none is given: call addContactPoint(\"host:port\")"));
      return;
    }
    Promise<Node> first = Promise.promise();
    Runnable allRefused = () -> later(plan, () -> lookUpAgain(plan));
    try {
      SessionCore made =
          plan.maker()
              .make(nodes, new OpeningWatch(nodes.size(), keepTrying ? allRefused : null, first));
      core = made;
      made.closer().setHooks(hooks);
      first
          .future()
          .compose(
              node -> {
                connected = true;
                return follow(made, node);
              })
          .onSuccess(nothing -> succeed(made))
          .onFailure(this::fail);
      made.loops().home().start();
    } catch (Throwable badPolicy) {
      // Foreign code: whatever it throws, whoever waits for the session must hear of it.
      fail(badPolicy);
    }
  }

  private static Future<Void> follow(SessionCore core, Node first) {
    Promise<Void> followed = Promise.promise();
    core.control().start(first, followed);
    return followed.future();
  }

  /** Names may lead elsewhere by now: the cluster was started again at other addresses. */
  private void lookUpAgain(Plan plan) {
    SessionCore opening = core;
    if (ended || connected || opening == null) {
      return;
    }
    plan.contactPoints()
        .resolve()
        .onComplete(
            (nodes, failure) -> {
              if (ended || connected) {
                return;
              }
              if (failure == null) {
                Topology before = opening.shared().topology();
                Topology now = new Topology(before.version() + 1, "", "", nodes);
                opening.onCluster(ClusterState.ofContactPoints(now));
              }
              later(plan, () -> lookUpAgain(plan));
            });
  }

  private void later(Plan plan, Runnable task) {
    if (ended || retry != null) {
      return;
    }
    if (schedule == null) {
      schedule = plan.pauses().newSchedule();
    }
    retry =
        home.schedule(
            () -> {
              retry = null;
              task.run();
            },
            Math.min(schedule.nextDelayMillis(), MAX_PAUSE_MILLIS),
            TimeUnit.MILLISECONDS);
  }

  private void succeed(SessionCore opened) {
    if (end()) {
      outcome.complete(opened);
    }
  }

  private void fail(Throwable failure) {
    if (!end()) {
      return;
    }
    SessionCore made = core;
    if (made == null) {
      hooks.remove();
      Future<Void> left = contactPoints == null ? Future.succeededFuture() : contactPoints.close();
      left.onComplete((closed, ignored) -> outcome.fail(failure));
    } else {
      made.closer().close().onComplete((closed, ignored) -> outcome.fail(failure));
    }
  }

  private boolean end() {
    if (ended) {
      return false;
    }
    ended = true;
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
    return true;
  }
}
