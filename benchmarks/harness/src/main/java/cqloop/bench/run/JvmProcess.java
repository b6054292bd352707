package cqloop.bench.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM that reads commands and answers each with one marked line; it ends when its input is
 * closed.
 */
final class JvmProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final String name;
  private final String mark;
  private final Path log;
  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  /** Starts {@code command}; standard error goes to {@code log}. */
  JvmProcess(String name, List<String> command, String mark, Path log) throws IOException {
    this.name = name;
    this.mark = mark;
    this.log = log;
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process = builder.start();
    in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Sends a command and waits for its answer. */
  String ask(String command) throws IOException {
    in.write(command + "\n");
    in.flush();
    return answer();
  }

  /** Waits for a marked line and returns what follows the mark. */
  String answer() throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(mark)) {
        String answer = line.substring(mark.length());
        if (answer.startsWith("failed")) {
          throw new IOException(name + " " + answer + "; see " + log);
        }
        return answer;
      }
    }
    throw new IOException(name + " ended before it answered; see " + log);
  }

  @Override
  public void close() throws IOException {
    in.close();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
