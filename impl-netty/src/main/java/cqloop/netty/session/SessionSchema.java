package cqloop.netty.session;

import cqloop.MetadataOptions;
import cqloop.error.SchemaNotAvailable;
import cqloop.metadata.SchemaListener;
import cqloop.metadata.SchemaMetadata;
import cqloop.metadata.SchemaUpdate;
import cqloop.netty.conn.Connection;
import cqloop.netty.engine.LoopEngine;
import cqloop.netty.loop.Interval;
import cqloop.netty.message.SchemaChange;
import cqloop.netty.schema.KeyspaceFilter;
import cqloop.netty.schema.SchemaConfig;
import cqloop.netty.schema.SchemaFollower;
import cqloop.netty.schema.SchemaObserver;
import io.netty.channel.EventLoop;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. The schema as a session shows it: carries questions and listeners to the home loop,
 * and answers and updates back to the contexts they belong to.
 */
final class SessionSchema {

  /** Value. A listener, and where it is called. */
  private record Registered(ContextInternal context, SchemaListener listener) {}

  private final VertxInternal vertx;
  private final EventLoop home;
  private final SchemaObserver first;
  private final @Nullable SchemaFollower follower;
  // Home-loop-owned.
  private final List<Registered> listeners = new ArrayList<>();

  /**
   * @param first hears of each change before the listeners do, on the home loop
   */
  SessionSchema(
      VertxInternal vertx, LoopEngine home, MetadataOptions options, SchemaObserver first) {
    this.vertx = vertx;
    this.first = first;
    this.home = home.loop();
    this.follower =
        options.isUseSchema()
            ? new SchemaFollower(home.loop(), home.deadlines(), config(options), this::publish)
            : null;
  }

  private static SchemaConfig config(MetadataOptions options) {
    return new SchemaConfig(
        new KeyspaceFilter(options.getIncludeKeyspaces(), options.getExcludeKeyspaces()),
        options.getSchemaDebounce().toNanos(),
        refresh(options));
  }

  /** Returns how often what is known is compared with the cluster, for an event that was lost. */
  static Interval refresh(MetadataOptions options) {
    return new Interval(
        options.getRefreshInterval().toNanos(),
        bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  Future<SchemaMetadata> get() {
    return ask(SchemaFollower::get);
  }

  Future<SchemaMetadata> refresh() {
    return ask(SchemaFollower::refresh);
  }

  private Future<SchemaMetadata> ask(
      BiConsumer<SchemaFollower, Completable<SchemaMetadata>> question) {
    PromiseInternal<SchemaMetadata> promise = vertx.getOrCreateContext().promise();
    if (follower == null) {
      promise.fail(new SchemaNotAvailable("option metadata.useSchema is false; set it to true"));
    } else {
      onHome(() -> question.accept(follower, promise));
    }
    return promise.future();
  }

  /** Adds a listener, to be called on the context of the caller. */
  void add(SchemaListener listener) {
    Registered registered = new Registered(vertx.getOrCreateContext(), listener);
    onHome(() -> listeners.add(registered));
  }

  void remove(SchemaListener listener) {
    onHome(() -> listeners.removeIf(registered -> registered.listener == listener));
  }

  /** Called on the home loop. */
  void onControlConnection(Connection opened) {
    if (follower != null) {
      follower.onConnection(opened);
    }
  }

  void onChange(SchemaChange change) {
    if (follower != null) {
      onHome(() -> follower.onChange(change));
    }
  }

  /** Called on the home loop. */
  void close() {
    listeners.clear();
    if (follower != null) {
      follower.close();
    }
  }

  private void publish(SchemaUpdate update) {
    first.onUpdate(update);
    // A copy: a listener that lives on this loop is called here, and may add or remove.
    for (Registered registered : List.copyOf(listeners)) {
      registered.context.emit(update, registered.listener::onUpdate);
    }
  }

  private void onHome(Runnable task) {
    if (home.inEventLoop()) {
      task.run();
    } else {
      home.execute(task);
    }
  }
}
