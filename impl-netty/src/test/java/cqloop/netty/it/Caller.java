package cqloop.netty.it;

import io.vertx.core.Context;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Value. From where a session is called. */
enum Caller {
  EVENT_LOOP,
  DUPLICATED,
  WORKER,
  DUPLICATED_WORKER,
  VIRTUAL_THREAD,
  PLAIN_THREAD;

  /** Returns a context of this kind, or null for a thread without one. */
  @Nullable ContextInternal context(Vertx vertx) {
    VertxInternal internal = (VertxInternal) vertx;
    return switch (this) {
      case EVENT_LOOP -> internal.createEventLoopContext();
      case DUPLICATED -> internal.createEventLoopContext().duplicate();
      case WORKER -> internal.createWorkerContext();
      case DUPLICATED_WORKER -> internal.createWorkerContext().duplicate();
      case VIRTUAL_THREAD -> {
        Assumptions.assumeTrue(
            internal.isVirtualThreadAvailable(), "virtual threads need JDK 21 or later");
        yield internal.contextBuilder().withThreadingModel(ThreadingModel.VIRTUAL_THREAD).build();
      }
      case PLAIN_THREAD -> null;
    };
  }

  /** Runs the task on this context, or here when there is none. */
  static void run(@Nullable Context context, Consumer<Void> task) {
    if (context == null) {
      task.accept(null);
    } else {
      context.runOnContext(task::accept);
    }
  }

  /** Tells whether the present thread is one that may run the code of such a caller. */
  boolean isRightThread() {
    ContextInternal current = ContextInternal.current();
    if (current == null) {
      return false;
    }
    return switch (this) {
      case EVENT_LOOP, DUPLICATED, PLAIN_THREAD ->
          current.threadingModel() == ThreadingModel.EVENT_LOOP && current.inThread();
      case WORKER, DUPLICATED_WORKER -> Context.isOnWorkerThread();
      case VIRTUAL_THREAD -> current.threadingModel() == ThreadingModel.VIRTUAL_THREAD;
    };
  }
}
