package cqloop.netty.session;

import cqloop.CqlSession;
import cqloop.error.SessionClosed;
import cqloop.netty.vertx.CloseHooks;
import cqloop.netty.vertx.SharedResource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Any thread. Sessions that are shared by name within one Vert.x. The first who asks opens it, with
 * his options; it closes when the last who asked has closed his view or was undeployed.
 */
final class SharedSessions {

  private static final String KEY = "__cqloop.sessions";

  private SharedSessions() {}

  static Future<CqlSession> open(
      VertxInternal vertx, ContextInternal caller, String name, Supplier<SessionStart> opener) {
    SharedResource<SessionStart> resource =
        SharedResource.acquire(vertx, KEY, name, opener, SessionStart::close);
    AtomicBoolean released = new AtomicBoolean();
    Promise<Void> closed = Promise.promise();
    AtomicReference<CloseHooks> hooks = new AtomicReference<>(CloseHooks.NONE);
    Supplier<Future<Void>> close =
        () -> {
          if (released.compareAndSet(false, true)) {
            Objects.requireNonNull(hooks.get()).remove();
            resource.release().onComplete(closed);
          }
          return closed.future();
        };
    // At once: the verticle may be undeployed while the session opens.
    hooks.set(CloseHooks.add(caller, done -> close.get().onComplete(done)));
    return resource
        .get()
        .opened()
        .transform(
            (core, failure) -> {
              if (failure != null) {
                return close.get().transform((v, ignored) -> Future.failedFuture(failure));
              }
              return released.get()
                  ? Future.failedFuture(new SessionClosed(false))
                  : Future.succeededFuture(new SessionImpl(core, 0, close));
            });
  }
}
