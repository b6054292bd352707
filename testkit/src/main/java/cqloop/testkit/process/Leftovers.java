package cqloop.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Ends the node processes that a run folder's pid files name, then removes the folder. */
final class Leftovers {
  /** Name of the file in a node's folder that holds its process id. */
  static final String PID_FILE = "pid";

  // block/run/cluster/node/pid, seen from the run folder
  private static final int PID_DEPTH = 3;

  private Leftovers() {}

  static void clear(Path runFolder) {
    if (!Files.isDirectory(runFolder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(runFolder, PID_DEPTH)) {
      files.filter(file -> file.endsWith(PID_FILE)).forEach(Leftovers::end);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the pid files of " + runFolder + " failed.", e);
    }
    Folders.remove(runFolder);
  }

  private static void end(Path pidFile) {
    String text;
    try {
      text = Files.readString(pidFile).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + pidFile + " failed.", e);
    }
    if (text.isEmpty()) {
      return;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(text));
    // A process id may have been given to someone else since: the command line must name the node.
    if (process.isPresent() && runsIn(process.get().pid(), pidFile.resolveSibling(""))) {
      process.get().destroyForcibly();
    }
  }

  private static boolean runsIn(long pid, Path nodeFolder) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
          .contains(nodeFolder.toString());
    } catch (IOException e) {
      return false;
    }
  }
}
