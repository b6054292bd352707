package cqloop.testkit.fake;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Value. Waits until sockets that were told to close do not accept any more. */
final class ClosedServers {
  private ClosedServers() {}

  /**
   * Completes after the next selection of the accepting loops. With NIO a listening socket is
   * closed when its selector runs next, which is after the close of its server has completed: of
   * 1000 connects right after a close, 65 were still accepted.
   */
  static Future<Void> settle(ContextInternal context) {
    List<Future<Void>> settled = new ArrayList<>();
    for (EventExecutor loop : context.owner().acceptorEventLoopGroup()) {
      PromiseInternal<Void> promise = context.promise();
      // A timer, not a task: tasks run before the next selection, timers after it.
      loop.schedule(() -> promise.tryComplete(), 1, TimeUnit.MILLISECONDS);
      settled.add(promise.future());
    }
    return Future.all(settled).mapEmpty();
  }
}
