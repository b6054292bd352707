package cqloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Value. A JVM that has ended: its output, errors included, and its exit code. */
record ChildJvm(int exitCode, String output) {
  private static final long LIMIT_SECONDS = 60;

  /** The jars and class folders that the build resolved, without this module. */
  static String modulePath() throws IOException {
    return Files.readString(Path.of("target", "module-path")).strip();
  }

  /** Runs a main class on a module path, and ends it when it takes too long. */
  static ChildJvm run(String modulePath, String main, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--module-path", modulePath, "--module", main));
    command.addAll(arguments);
    Path output = Files.createTempFile("child", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
          .as("the JVM ended in time; it printed: %s", Files.readString(output))
          .isTrue();
      return new ChildJvm(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
