package cqloop.netty.session;

import cqloop.PreparedStatement;
import cqloop.SimpleStatement;
import cqloop.StatementSettings;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.exec.Calls;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Home-loop-owned. The prepared statements of a session by keyspace and text, least recently asked
 * for last. Who asks for a text that is being prepared shares the outcome; a failure is not kept.
 */
final class PreparedCache {

  private static final float LOAD_FACTOR = 0.75f;

  private record Key(@Nullable String keyspace, String cql) {}

  private final SessionCore core;
  private final LoopEngine home;
  private final Map<Key, Future<PreparedStatement>> known;

  /**
   * @param limit how many statements to keep, 1 or more
   */
  PreparedCache(SessionCore core, LoopEngine home, int limit) {
    this.core = core;
    this.home = home;
    this.known =
        new LinkedHashMap<>(16, LOAD_FACTOR, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Future<PreparedStatement>> eldest) {
            return size() > limit;
          }
        };
  }

  /** Prepares the text of a statement, or gives what is known of it. Any thread. */
  void prepare(SimpleStatement text, int profile, Completable<PreparedStatement> done) {
    if (home.loop().inEventLoop()) {
      find(text, profile, done);
    } else {
      home.loop().execute(() -> find(text, profile, done));
    }
  }

  private void find(SimpleStatement text, int profile, Completable<PreparedStatement> done) {
    String own = text.settings().keyspace();
    Key key = new Key(own == null ? core.keyspace() : own, text.cql());
    Future<PreparedStatement> found = known.get(key);
    if (found == null) {
      Promise<PreparedStatement> promise = Promise.promise();
      Future<PreparedStatement> asked = promise.future();
      found = asked;
      known.put(key, asked);
      Calls.prepare(
          core,
          home,
          profile,
          text,
          (prepared, failure) -> {
            if (failure != null) {
              known.remove(key, asked);
            }
            promise.complete(prepared, failure);
          });
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

  /** The settings of the text become those of what is bound, but for those of one execution. */
  private static StatementSettings boundSettings(StatementSettings settings) {
    return settings == StatementSettings.NONE
        ? settings
        : settings.toBuilder().keyspace(null).pagingState(null).routingKey(null).build();
  }
}
