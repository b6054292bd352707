package cqloop.netty.session;

import cqloop.CqlSession;
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
      VertxInternal vertx,
      ContextInternal caller,
      String name,
      Supplier<Future<SessionCore>> opener) {
    SharedResource<Future<SessionCore>> resource =
        SharedResource.acquire(vertx, KEY, name, opener, SharedSessions::closeOpened);
    return resource
        .get()
        .transform(
            (core, failure) ->
                failure == null
                    ? Future.succeededFuture(view(core, caller, resource))
                    : resource.release().transform((v, ignored) -> Future.failedFuture(failure)));
  }

  private static Future<Void> closeOpened(Future<SessionCore> opened) {
    // What could not be opened has closed itself.
    return opened.transform(
        (core, failure) -> failure == null ? core.closer().close() : Future.succeededFuture());
  }

  private static CqlSession view(
      SessionCore core, ContextInternal caller, SharedResource<Future<SessionCore>> resource) {
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
    hooks.set(CloseHooks.add(caller, done -> close.get().onComplete(done)));
    return new SessionImpl(core, 0, close);
  }
}
