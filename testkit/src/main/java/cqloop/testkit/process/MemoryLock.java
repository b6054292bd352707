package cqloop.testkit.process;

import java.io.IOException;
import java.util.List;

/**
 * Takes the right to pin memory away from a node that root starts. Cassandra calls {@code
 * mlockall}; as root that succeeds and quadruples the resident memory of a node.
 */
final class MemoryLock {
  private static final List<String> DROP =
      List.of("setpriv", "--bounding-set=-ipc_lock", "--inh-caps=-ipc_lock");

  private MemoryLock() {}

  /** Words to put before the command; none when not needed or not possible. */
  static List<String> prefix() {
    return Holder.PREFIX;
  }

  private static List<String> probe() {
    if (!System.getProperty("user.name").equals("root")) {
      return List.of();
    }
    try {
      Process probe =
          new ProcessBuilder(DROP.get(0), DROP.get(1), DROP.get(2), "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor() == 0 ? DROP : List.of();
    } catch (IOException notInstalled) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static final class Holder {
    static final List<String> PREFIX = probe();
  }
}
