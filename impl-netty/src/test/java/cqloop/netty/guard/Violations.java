package cqloop.netty.guard;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/** Any thread. What BlockHound, Netty's leak detector and Vert.x's checker of loops have found. */
final class Violations {
  private static final long COLLECTION_LIMIT_MILLIS = 2_000;

  private static final Queue<Throwable> FOUND = new ConcurrentLinkedQueue<>();

  // Held here, as loggers are held weakly.
  private static final Logger BLOCKED_THREADS =
      Logger.getLogger("io.vertx.core.impl.BlockedThreadChecker");

  static {
    BlockHound.builder()
        .loadIntegrations()
        // Netty's own choice takes the workers of Vert.x for loops as well.
        .nonBlockingThreadPredicate(ignored -> Violations::isEventLoop)
        // Reads /dev/urandom, which never waits.
        .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
        // The JDK reads its network settings for the first server socket, which only tests open.
        .allowBlockingCallsInside("sun.nio.ch.ServerSocketChannelImpl", "socket")
        // The lock of the queue of a worker pool, to which Vert.x hands an answer for a worker.
        .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute")
        // A lock of Vert.x around the state of a client, held for a moment.
        .allowBlockingCallsInside("io.vertx.core.internal.CleanableResource", "shutdown")
        // Netty's allocator grows where threads meet: the magazines that it gives up have a lock
        // each.
        .allowBlockingCallsInside(
            "io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines")
        // The JDK sets up its logging with the first line, for which the next ones wait.
        .allowBlockingCallsInside("java.util.logging.LogManager", "initializeGlobalHandlers")
        // Recorded, not thrown: an error in a loop's task would leave futures open for ever.
        .blockingMethodCallback(method -> record(new BlockingOperationError(method)))
        .install();
    ByteBufUtil.setLeakListener(
        (resource, records) ->
            FOUND.add(new AssertionError("A " + resource + " was not released:" + records)));
    BLOCKED_THREADS.addHandler(new BlockedThreads());
  }

  private Violations() {}

  /** Begins to watch, unless it was begun. */
  static void watch() {
    // The initializer has done it.
  }

  /** Returns what was found since the last call. */
  static List<Throwable> drain() {
    List<Throwable> found = new ArrayList<>();
    for (Throwable next = FOUND.poll(); next != null; next = FOUND.poll()) {
      found.add(next);
    }
    return found;
  }

  static boolean isEmpty() {
    return FOUND.isEmpty();
  }

  /** Collects the garbage, and has Netty look for buffers in it. */
  static void findLostBuffers() {
    collectGarbage();
    // References of one run are handed over one by one, in any order: those of the first run are
    // all there when one of the second is.
    collectGarbage();
    // Netty reports what is lost when it tracks the next buffer.
    ByteBufAllocator.DEFAULT.buffer().release();
  }

  /** Waits until the collector has handed over a reference of its run. */
  private static void collectGarbage() {
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    WeakReference<Object> sentinel = new WeakReference<>(new Object(), collected);
    System.gc();
    try {
      if (collected.remove(COLLECTION_LIMIT_MILLIS) != sentinel) {
        throw new IllegalStateException(
            "No garbage was collected within " + COLLECTION_LIMIT_MILLIS + " ms.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while looking for lost buffers.", e);
    }
  }

  /** Vert.x waits for its own worker pools when it closes: only what we take part in counts. */
  private static void record(BlockingOperationError error) {
    for (StackTraceElement frame : error.getStackTrace()) {
      String type = frame.getClassName();
      if (type.startsWith("cqloop.") && !type.startsWith(Violations.class.getName())) {
        FOUND.add(error);
        return;
      }
    }
  }

  private static boolean isEventLoop(Thread thread) {
    return thread.getName().contains("vert.x-eventloop-thread");
  }

  /** Any thread. Takes the warnings of Vert.x about loops that are stuck. */
  private static final class BlockedThreads extends Handler {
    @Override
    public void publish(LogRecord record) {
      if (record.getMessage().contains("eventloop")) {
        AssertionError error = new AssertionError(record.getMessage());
        if (record.getThrown() != null) {
          error.setStackTrace(record.getThrown().getStackTrace());
        }
        FOUND.add(error);
      }
    }

    @Override
    public void flush() {
      // Nothing is kept back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
