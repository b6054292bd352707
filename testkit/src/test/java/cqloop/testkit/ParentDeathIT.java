package cqloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.testkit.process.Await;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
class ParentDeathIT {
  /** A frozen node cannot see that its starter is gone: the watchdog must end it. */
  @ParameterizedTest
  @ValueSource(strings = {"running", "frozen"})
  void leavesNothingWhenTheStarterIsKilled(String state) throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dcqloop.testkit.servers=" + System.getProperty("cqloop.testkit.servers"),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                state)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8))) {
      ProcessHandle node = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      Path folder = Path.of(lines.readLine());
      assertThat(folder).isDirectory();

      starter.toHandle().destroyForcibly();

      node.onExit().get(20, TimeUnit.SECONDS);
      Await.until(
          Duration.ofSeconds(20), () -> folder + " to be removed", () -> !Files.exists(folder));
    } finally {
      starter.destroyForcibly();
    }
  }

  /** Started by the test in a JVM of its own. */
  static final class Starter {
    public static void main(String[] args) throws Exception {
      CassandraCluster cluster = CassandraCluster.builder().start();
      CassandraNode node = cluster.node(0);
      if (args[0].equals("frozen")) {
        node.pause();
      }
      System.out.println(node.pid());
      System.out.println(node.folder());
      // Until it is killed.
      Thread.currentThread().join();
    }
  }
}
