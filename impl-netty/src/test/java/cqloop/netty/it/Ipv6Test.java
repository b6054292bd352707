package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A node that is reached by IPv6 only: as an address, by a name that has one of IPv4 as well, and
 * by one that has none. Scenario A9.
 */
class Ipv6Test {

  @Test
  void servesByAddressAndByName() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Ipv6Run.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assumeFalse(said.contains(Ipv6Run.NONE), Ipv6Run.NONE);
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said)
        .contains("served by [::1]:")
        .contains("served by both.test ([::1]:")
        .contains("served by six.test ([::1]:");
  }
}
