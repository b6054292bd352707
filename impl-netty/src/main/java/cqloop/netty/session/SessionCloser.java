package cqloop.netty.session;

import cqloop.netty.engine.LoopEngine;
import cqloop.netty.vertx.CloseHooks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. Closes a session once: refuses new requests, lets those in flight end within the
 * close timeout, closes the connections, then what else the session holds. Every caller gets the
 * same future.
 */
final class SessionCloser {

  private final SessionCore core;
  private final Supplier<Future<Void>> resources;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Promise<Void> closed = Promise.promise();
  private final Set<LoopEngine> busy = new HashSet<>();
  private volatile @Nullable CloseHooks hooks;
  private @Nullable ScheduledFuture<?> limit;

  SessionCloser(SessionCore core, Supplier<Future<Void>> resources) {
    this.core = core;
    this.resources = resources;
  }

  /** Remembers the hook that must go when the session is closed. */
  void setHooks(CloseHooks added) {
    hooks = added;
  }

  boolean isClosing() {
    return closing.get();
  }

  Future<Void> close() {
    if (closing.compareAndSet(false, true)) {
      home().loop().execute(this::begin);
    }
    return closed.future();
  }

  /** An engine has no more requests; called on its loop. */
  void onIdle(LoopEngine engine) {
    home()
        .loop()
        .execute(
            () -> {
              if (busy.remove(engine) && busy.isEmpty()) {
                finish();
              }
            });
  }

  private void begin() {
    // First, so that a reading that the next line ends is no failure to warn of.
    core.schema().close();
    core.control().close();
    core.states().close();
    core.nodeWatch().close();
    busy.addAll(core.loops().all());
    for (LoopEngine engine : core.loops().all()) {
      engine.loop().execute(engine::closeWhenIdle);
    }
    long limitMillis = core.options().getConnection().getCloseTimeout().toMillis();
    limit = home().loop().schedule(this::closeNow, limitMillis, TimeUnit.MILLISECONDS);
  }

  private void closeNow() {
    for (LoopEngine engine : busy) {
      engine.loop().execute(engine::closeNow);
    }
  }

  private void finish() {
    if (limit != null) {
      limit.cancel(false);
    }
    CloseHooks added = hooks;
    if (added != null) {
      added.remove();
    }
    resources.get().onComplete((nothing, failure) -> closed.tryComplete());
  }

  private LoopEngine home() {
    return core.loops().home();
  }
}
