package cqloop.netty.vertx;

import io.vertx.core.Closeable;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;

/** Any thread. Ties the life of a session to its verticle, or else to its Vert.x. */
public final class CloseHooks {

  /** No hook. */
  public static final CloseHooks NONE = new CloseHooks(() -> {});

  private final Runnable removal;

  private CloseHooks(Runnable removal) {
    this.removal = removal;
  }

  /**
   * Has the hook called when the verticle of this context is undeployed, or Vert.x is closed when
   * the context has none; at once when that has happened. It may be called twice.
   */
  public static CloseHooks add(ContextInternal context, Closeable hook) {
    VertxInternal vertx = context.owner();
    boolean deployed = context.isDeployment();
    CloseHooks hooks;
    if (deployed) {
      context.addCloseHook(hook);
      hooks = new CloseHooks(() -> context.removeCloseHook(hook));
    } else {
      vertx.addCloseHook(hook);
      hooks = new CloseHooks(() -> vertx.removeCloseHook(hook));
    }
    // What is closed already takes no hooks, and says nothing.
    if (deployed ? context.closeFuture().isClosed() : vertx.closeFuture().isClosed()) {
      hook.close(Promise.promise());
    }
    return hooks;
  }

  /** Takes the hook back; a hook that stays would keep the session in memory. */
  public void remove() {
    removal.run();
  }
}
