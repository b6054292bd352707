package cqloop.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Leaves nothing behind: a shutdown hook for an orderly end of this JVM, and a small shell process
 * for the other kind. The shell waits for the end of its standard input, which the operating system
 * closes with this JVM, then kills what the pid files name (a stopped node too, which cannot see
 * the end of its own input) and removes the work folder.
 */
final class Watchdog {
  /** $0 is the run folder; a process counts as ours only if its command line names that folder. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      while read -r line; do :; done
      for file in "$0"/*/*/pid; do
        [ -f "$file" ] || continue
        read -r pid <"$file"
        if tr '\\0' '\\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "$0"; then
          kill -9 "$pid" 2>/dev/null
        fi
      done
      rm -rf "$0"
      """;

  /** Kept, so that its standard input stays open as long as this JVM. */
  private final Process shell;

  private Watchdog(Process shell) {
    this.shell = shell;
  }

  /**
   * Starts the watchdog of this JVM unless it runs already.
   *
   * @throws IllegalStateException when somebody has ended it
   */
  static void ensureRunning() {
    Process shell = Holder.WATCHDOG.shell;
    if (!shell.isAlive()) {
      throw new IllegalStateException(
          "The watchdog shell of this JVM has ended with code "
              + shell.exitValue()
              + ": nodes could outlive the tests. Run the tests again.");
    }
  }

  private static Watchdog start() {
    Path runFolder = AddressBlock.ofThisJvm().runFolder();
    Thread hook = new Thread(() -> Leftovers.clear(runFolder), "cqloop-testkit-cleanup");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      Process shell =
          new ProcessBuilder("sh", "-c", SCRIPT, runFolder.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new Watchdog(shell);
    } catch (IOException e) {
      throw new UncheckedIOException("Starting the watchdog shell 'sh' failed.", e);
    }
  }

  private static final class Holder {
    static final Watchdog WATCHDOG = start();
  }
}
