package cqloop.netty.vertx;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;

/** Any thread. The event loops of a Vert.x and contexts of the driver's own on them. */
public final class LoopContexts {

  private LoopContexts() {}

  /** Returns every event loop of this Vert.x. */
  public static List<EventLoop> loopsOf(Vertx vertx) {
    List<EventLoop> loops = new ArrayList<>();
    for (EventExecutor executor : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      loops.add((EventLoop) executor);
    }
    return loops;
  }

  /** Returns a new context on this loop that belongs to no verticle. */
  public static ContextInternal contextOn(Vertx vertx, EventLoop loop) {
    return ((VertxInternal) vertx).contextBuilder().withEventLoop(loop).build();
  }
}
