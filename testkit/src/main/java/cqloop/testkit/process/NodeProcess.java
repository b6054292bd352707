package cqloop.testkit.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Cassandra process, started any number of times on the same folder. Its methods are to be
 * called by one thread at a time; {@link cqloop.testkit.CassandraNode} sees to that.
 */
public final class NodeProcess {
  // A drained stop takes about a second; writing the class-data archive five more. With
  // nonGracefulShutdown=false the server waits up to a minute for the messages of other nodes.
  private static final long STOP_SECONDS = 120;

  private final ClusterPlan plan;
  private final ClusterPlan.Place place;
  private final ServerRuntime runtime;

  private @Nullable Process process;
  private CdsArchive.@Nullable Dump dump;
  private int commands;

  /** Writes the configuration; {@link #start} starts the process. */
  public NodeProcess(ClusterPlan plan, ClusterPlan.Place place, ServerRuntime runtime) {
    this.plan = plan;
    this.place = place;
    this.runtime = runtime;
    NodeFiles.write(plan, place);
  }

  /** Starts the process; it answers requests some seconds later. */
  public void start() {
    if (isAlive()) {
      throw new IllegalStateException("The node on " + place.address() + " runs already.");
    }
    Watchdog.ensureRunning();
    CdsArchive.Use archive = CdsArchive.of(runtime);
    List<String> words = new NodeCommand(plan, place, runtime).words(archive);
    Path console = place.folder().resolve(NodeFiles.CONSOLE);
    try {
      process =
          new ProcessBuilder(words)
              .directory(place.folder().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
              .start();
      dump = archive.dump();
      Files.writeString(place.folder().resolve(Leftovers.PID_FILE), process.pid() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Starting " + words.get(0) + " failed.", e);
    }
  }

  /** Whether the process exists; a paused one does. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** The process id. */
  public long pid() {
    return running().pid();
  }

  /** Whether the class-data archive is written when this node stops in an orderly way. */
  public boolean dumpsArchive() {
    return dump != null;
  }

  /** SIGTERM: the node drains, flushes and ends. */
  public void stop() {
    if (isAlive()) {
      resume();
      // Not Process.destroy(): that closes standard input, which tells the node to halt at once.
      running().toHandle().destroy();
      end(true);
    }
  }

  /** SIGKILL. */
  public void kill() {
    if (isAlive()) {
      running().toHandle().destroyForcibly();
      end(false);
    }
  }

  /** SIGSTOP: sockets stay open and nothing is answered. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  /**
   * Runs a command of the plug-in inside the node.
   *
   * @return its answer
   * @throws IllegalStateException when the command fails or is not answered in time
   */
  public String command(String name, String argument, Duration limit) {
    int number = ++commands;
    String line = number + " " + name + (argument.isEmpty() ? "" : " " + argument) + "\n";
    OutputStream stdin = running().getOutputStream();
    try {
      stdin.write(line.getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Sending '" + name + "' to the node on " + place.address() + " failed.", e);
    }
    Await.until(
        limit,
        () -> "the node on " + place.address() + " to answer '" + name + "'",
        () -> answer(number) != null || !isAlive());
    String answer = answer(number);
    if (answer == null || !answer.startsWith("ok ")) {
      throw new IllegalStateException(
          "The command '" + name + "' failed on the node " + place.address() + ": " + answer);
    }
    return answer.substring("ok ".length());
  }

  /** What the node has logged: its console, then its log file. */
  public String log() {
    return NodeFiles.read(place.folder().resolve(NodeFiles.CONSOLE))
        + NodeFiles.read(place.folder().resolve(NodeFiles.LOG));
  }

  /** The request log, one JSON object a line. */
  public String requestLines() {
    Path file = place.folder().resolve(NodeFiles.REQUESTS);
    Path older = file.resolveSibling(NodeFiles.REQUESTS + ".old");
    return NodeFiles.read(older) + NodeFiles.read(file);
  }

  /** Exit code of a process that has ended. */
  public int exitCode() {
    return running().exitValue();
  }

  private @Nullable String answer(int number) {
    String prefix = number + " ";
    String answers = NodeFiles.read(place.folder().resolve(NodeFiles.ANSWERS));
    for (String line : answers.split("\n", -1)) {
      // The last line may be half written: only what a line end follows counts.
      if (line.startsWith(prefix) && answers.contains(line + "\n")) {
        return line.substring(prefix.length());
      }
    }
    return null;
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("The node on " + place.address() + " was never started.");
    }
    return process;
  }

  private void end(boolean orderly) {
    boolean ended = false;
    try {
      ended = running().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      running().toHandle().destroyForcibly();
    }
    if (dump != null) {
      dump.finish(ended && orderly);
      dump = null;
    }
    if (!ended) {
      throw new IllegalStateException(
          "The node on " + place.address() + " did not end within " + STOP_SECONDS + " s; killed.");
    }
  }

  private void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -" + name + " \"$0\"", Long.toString(pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException(
            "Signal " + name + " could not be sent to the node on " + place.address() + ".");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Starting 'sh' to send a signal failed.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Sending a signal was interrupted.", e);
    }
  }
}
