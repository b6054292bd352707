package cqloop.netty.cluster;

import io.vertx.core.internal.logging.Logger;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Home-loop-owned. Warns of what goes wrong again and again: of one node once a minute at most,
 * with how often it was kept quiet since; faults A19.
 */
final class Complaints {

  static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Nodes that are remembered; they may come and go without end. */
  private static final int MAX_KNOWN = 1000;

  private final Logger log;
  private final LongSupplier nanoTime;
  private final Map<String, Said> said = new HashMap<>();

  /** Home-loop-owned. When there was a warning last, and what was kept quiet since. */
  private static final class Said {
    private final long nanos;
    private int kept;

    Said(long nanos) {
      this.nanos = nanos;
    }
  }

  Complaints(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /**
   * Warns, unless there was a warning about the same lately.
   *
   * @param about the node, or what else it is about
   */
  void warn(String about, String problem) {
    long now = nanoTime.getAsLong();
    Said last = said.get(about);
    if (last != null && now - last.nanos < QUIET_NANOS) {
      last.kept++;
      log.debug(problem);
      return;
    }
    if (said.size() >= MAX_KNOWN) {
      said.clear();
    }
    said.put(about, new Said(now));
    log.warn(
        last == null || last.kept == 0
            ? problem
            : "%s (the like was kept quiet %s times since the last warning)"
                .formatted(problem, last.kept));
  }
}
