package cqloop.netty.vertx;

import io.vertx.core.Closeable;
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
   * the context has none.
   */
  public static CloseHooks add(ContextInternal context, Closeable hook) {
    if (context.isDeployment()) {
      context.addCloseHook(hook);
      return new CloseHooks(() -> context.removeCloseHook(hook));
    }
    VertxInternal vertx = context.owner();
    vertx.addCloseHook(hook);
    return new CloseHooks(() -> vertx.removeCloseHook(hook));
  }

  /** Takes the hook back; a hook that stays would keep the session in memory. */
  public void remove() {
    removal.run();
  }
}
