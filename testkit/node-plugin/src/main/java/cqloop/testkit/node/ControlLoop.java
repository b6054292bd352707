package cqloop.testkit.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads control commands from standard input, one a line as {@code NUMBER NAME [ARGUMENT]}, and
 * appends {@code NUMBER ok TEXT} or {@code NUMBER error TEXT} to the answer file. Halts the node at
 * the end of the input.
 */
final class ControlLoop implements Runnable {
  /** Exit code of a node whose starter is gone; not one that Cassandra uses. */
  private static final int STARTER_GONE = 87;

  private final InputStream in;
  private final Path answers;

  ControlLoop(InputStream in, Path answers) {
    this.in = in;
    this.answers = answers;
  }

  @Override
  public void run() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answer(line);
      }
    } catch (IOException e) {
      System.err.println("cqloop: standard input failed, the node halts: " + e);
    } finally {
      Runtime.getRuntime().halt(STARTER_GONE);
    }
  }

  private void answer(String line) throws IOException {
    String[] words = line.split(" ", 3);
    String text;
    try {
      text = "ok " + ServerControl.run(words[1], words.length > 2 ? words[2] : "");
    } catch (Throwable e) {
      // Whatever a command throws is its answer; the loop must live on to see the end of input.
      text = "error " + e;
    }
    String answer = words[0] + ' ' + text.replace('\n', ' ') + '\n';
    Files.writeString(answers, answer, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
