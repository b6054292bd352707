package cqloop.netty.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * I5 and I8, faults F1 to F13: a node that sends some four hundred kinds of nonsense, in a process
 * of 64 MB, while innocent requests are in flight on the same connection and on that of another
 * node.
 */
class HostileServerTest {

  private static final int CASES = 350;

  @Test
  void harmsOneRequestOrOneConnectionAndNothingElse() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                HostileRun.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    String[] words = said.strip().split("\\s+");
    assertThat(Integer.parseInt(words[words.length - 2])).as("cases").isGreaterThan(CASES);
  }
}
