package cqloop.netty.schema;

import cqloop.error.SchemaNotAvailable;
import cqloop.metadata.KeyspaceMetadata;
import cqloop.metadata.SchemaMetadata;
import cqloop.metadata.SchemaUpdate;
import cqloop.netty.conn.Connection;
import cqloop.netty.loop.Deadlines;
import cqloop.netty.loop.Slices;
import cqloop.netty.message.SchemaChange;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. Keeps a snapshot of the schema and follows its changes over the control
 * connection. An announced change only marks its table or keyspace: one reading at a time reads
 * what is marked. When a reading fails the snapshot stays, and the reading is tried again.
 */
public final class SchemaFollower {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaFollower.class);

  /** What servers call a table, and a view. */
  private static final String TABLE = "TABLE";

  private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Callers that wait for a reading; each is a request of the application. */
  private static final int MOST_WAITING = 10_000;

  /**
   * Value. A caller that waits.
   *
   * @param fresh whether an old snapshot is a failure for it
   */
  private record Waiting(Completable<SchemaMetadata> done, boolean fresh) {}

  private final EventLoop loop;
  private final Deadlines deadlines;
  private final SchemaConfig config;
  private final SchemaObserver observer;
  private final SchemaReading.World world;

  private @Nullable SchemaMetadata current;
  private @Nullable Connection connection;
  private @Nullable UUID versionOfAll;
  private SchemaScope marked = new SchemaScope();
  private List<Waiting> waiting = new ArrayList<>();
  private List<Waiting> served = new ArrayList<>();
  private @Nullable ScheduledFuture<?> planned;
  private @Nullable ScheduledFuture<?> check;
  private long retryNanos = FIRST_RETRY_NANOS;
  private boolean reading;
  private boolean closed;

  public SchemaFollower(
      EventLoop loop, Deadlines deadlines, SchemaConfig config, SchemaObserver observer) {
    this.loop = loop;
    this.deadlines = deadlines;
    this.config = config;
    this.observer = observer;
    this.world =
        new SchemaReading.World(
            loop, deadlines, config.filter(), EnumSet.noneOf(SchemaTable.class));
    marked.addAll();
  }

  /**
   * There is a control connection, which has been registered for events. What changed since the
   * last one shows in the version of the schema.
   */
  public void onConnection(Connection opened) {
    assert loop.inEventLoop();
    connection = opened;
    world.missing().clear();
    retryNanos = FIRST_RETRY_NANOS;
    if (marked.isEmpty()) {
      check();
    } else {
      begin();
    }
  }

  /** A keyspace was changed, or something in it. */
  public void onChange(SchemaChange change) {
    assert loop.inEventLoop();
    if (config.filter().accepts(change.keyspace())) {
      if (change.target().equals(TABLE) && !change.name().isEmpty()) {
        marked.add(change.keyspace(), change.name());
      } else {
        // Tables may be made of types, and aggregates of functions.
        marked.add(change.keyspace());
      }
      plan(config.debounceNanos());
    }
  }

  /**
   * Gives the snapshot; waits when changes are known that were not read yet. When they cannot be
   * read, the snapshot before them will do.
   */
  public void get(Completable<SchemaMetadata> done) {
    assert loop.inEventLoop();
    if (current != null && !reading && marked.isEmpty()) {
      done.succeed(current);
    } else if (reading && marked.isEmpty()) {
      add(served, new Waiting(done, false));
    } else {
      add(waiting, new Waiting(done, false));
      begin();
    }
  }

  /** Reads everything and gives the snapshot; fails when it cannot be read. */
  public void refresh(Completable<SchemaMetadata> done) {
    assert loop.inEventLoop();
    marked.addAll();
    add(waiting, new Waiting(done, true));
    begin();
  }

  /** Ends all reading; callers that wait get a failure. */
  public void close() {
    assert loop.inEventLoop();
    closed = true;
    connection = null;
    cancel(planned);
    cancel(check);
    fail(new SchemaNotAvailable("the session is closed"));
  }

  private static void add(List<Waiting> all, Waiting caller) {
    if (all.size() >= MOST_WAITING) {
      caller.done.fail(
          new SchemaNotAvailable(MOST_WAITING + " callers wait for it already, try again later"));
    } else {
      all.add(caller);
    }
  }

  private void plan(long delayNanos) {
    if (closed || reading || planned != null) {
      return;
    }
    planned =
        loop.schedule(
            () -> {
              planned = null;
              begin();
            },
            delayNanos,
            TimeUnit.NANOSECONDS);
  }

  private void begin() {
    if (reading) {
      return;
    }
    cancel(planned);
    planned = null;
    Connection at = connection;
    if (closed || at == null || at.isClosed()) {
      // The next control connection begins with what is marked.
      fail(new SchemaNotAvailable("there is no control connection at the moment, try again"));
      return;
    }
    if (marked.isEmpty()) {
      return;
    }
    reading = true;
    SchemaScope scope = marked;
    marked = new SchemaScope();
    served.addAll(waiting);
    waiting = new ArrayList<>();
    new SchemaReading(
            world, at, scope, current, (result, failure) -> onRead(at, scope, result, failure))
        .start();
  }

  private void onRead(
      Connection from,
      SchemaScope scope,
      SchemaReading.@Nullable Result result,
      @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (result == null) {
      onFailed(from, scope, Objects.requireNonNull(failure));
      return;
    }
    if (result.skipped() > 0) {
      LOG.warn(
          "%s objects of the schema of %s could not be read and are left out, the first is %s"
              .formatted(result.skipped(), from.endpoint(), result.firstSkipped()));
    }
    SchemaMetadata before = current;
    if (before == null) {
      onKnown(scope, result, new SchemaMetadata(1, result.keyspaces()));
      return;
    }
    Map<String, KeyspaceMetadata> keyspaces = new TreeMap<>(before.keyspaces());
    keyspaces.keySet().removeIf(scope::covers);
    keyspaces.putAll(result.keyspaces());
    SchemaDifference difference =
        new SchemaDifference(before, new SchemaMetadata(before.version() + 1, keyspaces));
    Slices.run(
        loop,
        difference::step,
        (nothing, broken) -> {
          if (broken == null) {
            onCompared(scope, result, before, difference);
          } else if (!closed) {
            onFailed(from, scope, broken);
          }
        });
  }

  /** Shows the newer snapshot; the one before stays when nothing differs. */
  private void onCompared(
      SchemaScope scope,
      SchemaReading.Result result,
      SchemaMetadata before,
      SchemaDifference difference) {
    List<SchemaUpdate> updates = difference.updates();
    SchemaMetadata known = updates.isEmpty() ? before : difference.after();
    current = known;
    Iterator<SchemaUpdate> rest = updates.iterator();
    Slices.run(
        loop,
        () -> {
          if (closed || !rest.hasNext()) {
            return false;
          }
          observer.onUpdate(rest.next());
          return true;
        },
        (nothing, broken) -> {
          if (broken != null) {
            LOG.error("A change of the schema could not be told to a listener", broken);
          }
          onKnown(scope, result, known);
        });
  }

  private void onKnown(SchemaScope scope, SchemaReading.Result result, SchemaMetadata known) {
    if (closed) {
      return;
    }
    reading = false;
    current = known;
    retryNanos = FIRST_RETRY_NANOS;
    if (scope.isAll()) {
      versionOfAll = result.version();
      planCheck();
    }
    List<Waiting> callers = served;
    served = new ArrayList<>();
    callers.forEach(caller -> caller.done.succeed(known));
    next();
  }

  private void onFailed(Connection from, SchemaScope scope, Throwable failure) {
    reading = false;
    marked.add(scope);
    LOG.warn(
        "The schema could not be read from %s (%s): %s. %s"
            .formatted(
                from.endpoint(),
                scope,
                failure.getMessage(),
                current == null ? "There is none yet." : "The one known before stays."));
    List<Waiting> callers = served;
    served = new ArrayList<>();
    fail(callers, failure);
    if (connection != null && connection != from) {
      begin();
      return;
    }
    if (waiting.isEmpty()) {
      plan(retryNanos);
    } else {
      begin();
    }
    retryNanos = Math.min(2 * retryNanos, LAST_RETRY_NANOS);
  }

  /** Goes on with what was marked during the reading: at once when a caller waits for it. */
  private void next() {
    if (!waiting.isEmpty()) {
      begin();
    } else if (!marked.isEmpty()) {
      plan(config.debounceNanos());
    }
  }

  private void fail(Throwable failure) {
    List<Waiting> callers = served;
    callers.addAll(waiting);
    served = new ArrayList<>();
    waiting = new ArrayList<>();
    fail(callers, failure);
  }

  private void fail(List<Waiting> callers, Throwable failure) {
    for (Waiting caller : callers) {
      if (current != null && !caller.fresh && !closed) {
        caller.done.succeed(current);
      } else {
        caller.done.fail(failure);
      }
    }
  }

  private void planCheck() {
    long delayNanos = config.check().next();
    if (delayNanos > 0) {
      cancel(check);
      check = loop.schedule(this::check, delayNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Finds changes whose announcement was lost. */
  private void check() {
    Connection at = connection;
    if (closed || at == null || at.isClosed()) {
      planCheck();
      return;
    }
    SchemaReading.readVersion(
        at,
        deadlines,
        (version, failure) -> {
          if (closed || at != connection) {
            return;
          }
          if (failure == null && version != null && version.equals(versionOfAll)) {
            planCheck();
          } else {
            marked.addAll();
            plan(0);
          }
        });
  }

  private static void cancel(@Nullable ScheduledFuture<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }
}
