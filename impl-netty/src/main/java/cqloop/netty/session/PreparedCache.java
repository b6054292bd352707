package cqloop.netty.session;

import cqloop.PreparedStatement;
import cqloop.SimpleStatement;
import cqloop.StatementSettings;
import cqloop.metadata.Node;
import cqloop.metrics.PreparedMetrics;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.exec.Calls;
import cqloop.netty.exec.Preparation;
import cqloop.netty.exec.PreparedOn;
import cqloop.netty.loop.Counter;
import cqloop.netty.pool.NodePool;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. The prepared statements of a session by keyspace and text, least recently asked
 * for last. Who asks for a text that is being prepared shares the outcome; a failure is not kept.
 * What one node has prepared is prepared on the others as well, and again on one that comes up.
 */
final class PreparedCache {

  /** A node that hangs must not hold up those who prepare: it gets its statements when asked. */
  private static final long SPREAD_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Nobody waits for a node that came up; this only bounds how long it is tried. */
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final float LOAD_FACTOR = 0.75f;

  /** How many that were found may be kept before one goes although it was found as well. */
  private static final int MAX_SPARED = 1000;

  /**
   * Value. What the id of a statement depends on.
   *
   * @param own whether the text names its keyspace itself, so that USE does not change it
   */
  private record Key(@Nullable String keyspace, boolean own, String cql) {}

  /** Published. A text that is prepared; any thread may find it. */
  private static final class Ready {

    final PreparedStatement statement;

    /** Whether it was found since the cache last looked for what is not used. */
    volatile boolean found;

    Ready(PreparedStatement statement) {
      this.statement = statement;
    }
  }

  private final SessionCore core;
  private final LoopEngine home;
  private final int limit;
  private final boolean everywhere;
  private final Map<Key, Future<PreparedStatement>> known =
      new LinkedHashMap<>(16, LOAD_FACTOR, true);

  /** Published. What of the known is prepared: read on any thread, written on the home loop. */
  private final Map<Key, Ready> ready = new ConcurrentHashMap<>();

  private final Counter hits = new Counter();
  private final Counter misses = new Counter();
  private final Counter evictions = new Counter();
  private final Counter size = new Counter();

  /**
   * @param limit how many statements to keep, 1 or more
   * @param everywhere whether every near node prepares what one has prepared
   */
  PreparedCache(SessionCore core, LoopEngine home, int limit, boolean everywhere) {
    this.core = core;
    this.home = home;
    this.limit = limit;
    this.everywhere = everywhere;
  }

  /** Prepares the text of a statement, or gives what is known of it. Any thread. */
  void prepare(SimpleStatement text, int profile, Completable<PreparedStatement> done) {
    if (home.loop().inEventLoop()) {
      find(text, profile, done);
    } else {
      home.loop().execute(() -> find(text, profile, done));
    }
  }

  /**
   * Returns what the text is prepared as, or null when that is not known. Any thread: it does not
   * hop to the home loop, but leaves word that the text is used. Who finds it counts the hit.
   */
  @Nullable PreparedStatement ready(SimpleStatement text) {
    Ready known = ready.get(keyOf(text));
    if (known == null) {
      return null;
    }
    // Read before it is written: a text that all loops use must not have them fight for its line.
    if (!known.found) {
      known.found = true;
    }
    return known.statement;
  }

  /** Has a text prepared anew when it is next asked for. Any thread. */
  void forget(SimpleStatement text) {
    Key key = keyOf(text);
    Ready stale = ready.get(key);
    if (stale != null) {
      home.loop().execute(() -> forget(key, stale));
    }
  }

  private void forget(Key key, Ready stale) {
    // Others may have found the same, and it may be prepared again already.
    if (ready.remove(key, stale)) {
      known.remove(key);
      size.set(known.size());
    }
  }

  /** The home loop is connected to a node again, which may have forgotten everything. */
  void onUp(Node node) {
    NodePool pool = home.pool(node);
    Connection connection = pool == null ? null : pool.pick();
    if (!everywhere || known.isEmpty() || connection == null) {
      return;
    }
    // The most recently used ones first: they are the likeliest to be asked for next.
    List<PreparedStatement> statements = new ArrayList<>(known.size());
    for (Map.Entry<Key, Future<PreparedStatement>> entry : known.entrySet()) {
      Key key = entry.getKey();
      boolean sameHere = key.own() || Objects.equals(key.keyspace(), core.keyspace());
      if (sameHere && entry.getValue().succeeded()) {
        statements.add(entry.getValue().result());
      }
    }
    Collections.reverse(statements);
    Preparation.start(home, connection, statements.iterator(), REPEAT_NANOS, () -> {});
  }

  /** Returns how well it serves; any thread. */
  PreparedMetrics metrics() {
    return new PreparedMetrics(hits.get(), misses.get(), evictions.get(), size.get());
  }

  private void find(SimpleStatement text, int profile, Completable<PreparedStatement> done) {
    Key key = keyOf(text);
    Future<PreparedStatement> found = known.get(key);
    if (found == null) {
      misses.add(1);
      found = prepareNew(key, text, profile);
    } else {
      hits.add(1);
    }
    found.onComplete(
        (prepared, failure) -> {
          if (failure == null) {
            done.succeed(Calls.withSettings(prepared, boundSettings(text.settings())));
          } else {
            done.fail(failure);
          }
        });
  }

  private Key keyOf(SimpleStatement text) {
    String own = text.settings().keyspace();
    return new Key(own == null ? core.keyspace() : own, own != null, text.cql());
  }

  private Future<PreparedStatement> prepareNew(Key key, SimpleStatement text, int profile) {
    Promise<PreparedStatement> promise = Promise.promise();
    Future<PreparedStatement> asked = promise.future();
    makeRoom();
    known.put(key, asked);
    size.set(known.size());
    Calls.prepare(
        core,
        home,
        profile,
        text,
        (prepared, failure) -> {
          if (failure == null) {
            spread(key, prepared, promise);
          } else {
            known.remove(key, asked);
            size.set(known.size());
            promise.fail(failure);
          }
        });
    return asked;
  }

  /** What was found since it last was the eldest gets a second chance, as if just asked for. */
  private void makeRoom() {
    int spared = 0;
    while (known.size() >= limit) {
      Key eldest = known.keySet().iterator().next();
      Ready used = ready.get(eldest);
      if (used != null && used.found && spared < MAX_SPARED) {
        spared++;
        used.found = false;
        known.get(eldest);
      } else {
        known.remove(eldest);
        ready.remove(eldest);
        evictions.add(1);
      }
    }
  }

  /** Prepares on all other near nodes at once; completes when they have answered. */
  private void spread(Key key, PreparedOn prepared, Promise<PreparedStatement> promise) {
    List<Connection> others = everywhere ? home.nearConnections() : new ArrayList<>();
    others.removeIf(other -> other.endpoint().equals(prepared.endpoint()));
    if (others.isEmpty()) {
      complete(key, prepared.statement(), promise);
      return;
    }
    int[] waiting = {others.size()};
    for (Connection other : others) {
      Preparation.start(
          home,
          other,
          List.of(prepared.statement()).iterator(),
          SPREAD_NANOS,
          () -> {
            if (--waiting[0] == 0) {
              complete(key, prepared.statement(), promise);
            }
          });
    }
  }

  private void complete(Key key, PreparedStatement prepared, Promise<PreparedStatement> promise) {
    // The cache may have overflowed meanwhile.
    if (known.get(key) == promise.future()) {
      ready.put(key, new Ready(prepared));
    }
    promise.complete(prepared);
  }

  /** The settings of the text become those of what is bound, but for those of one execution. */
  private static StatementSettings boundSettings(StatementSettings settings) {
    return settings == StatementSettings.NONE
        ? settings
        : settings.toBuilder().keyspace(null).pagingState(null).routingKey(null).build();
  }
}
