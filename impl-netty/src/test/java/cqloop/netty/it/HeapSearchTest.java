package cqloop.netty.it;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.testkit.CertificateRequest;
import cqloop.testkit.TestCertificates;
import cqloop.testkit.fake.Compression;
import cqloop.testkit.fake.FakeNode;
import cqloop.testkit.fake.FakeNodeOptions;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault H14: the heap of a process that has logged in, and was refused, is searched for its
 * passwords. What a supplier gave as characters is nowhere, not even in what the collector has not
 * yet taken; what the application gave as a text goes with the last session that knew it.
 */
class HeapSearchTest {

  static final String ALL = "all.hprof";
  static final String LIVE = "live.hprof";

  /** A dump has the characters of an array with the high byte first, texts as the machine has. */
  private static final List<Charset> FORMS =
      List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);

  @Test
  void noPasswordIsLeftInTheHeap(@TempDir Path folder) throws Exception {
    TestCertificates authority = TestCertificates.create();
    Path trusted = Files.writeString(folder.resolve("ca.pem"), authority.authorityPem());
    try (Fakes fakes = new Fakes()) {
      FakeNode plain = fakes.start(credentials(HeapRun.SUPPLIED).setCompressions(Compression.LZ4));
      FakeNode other = fakes.start(credentials(HeapRun.OPTION));
      FakeNode secured =
          fakes.start(
              credentials(HeapRun.SUPPLIED)
                  .setServerOptions(
                      TlsServers.of(authority.issue(CertificateRequest.server("127.0.0.1")))));
      run(
          folder,
          Fakes.endpoint(plain),
          Fakes.endpoint(other),
          Fakes.endpoint(secured),
          trusted.toString(),
          folder.toString());
    }
    byte[] all = Files.readAllBytes(folder.resolve(ALL));
    byte[] live = Files.readAllBytes(folder.resolve(LIVE));
    assertThat(count(live, HeapRun.KEPT)).as("what is kept is found").isPositive();
    assertThat(count(all, HeapRun.SUPPLIED)).as("the password of a supplier").isZero();
    assertThat(count(all, HeapRun.WRONG)).as("a password that was refused").isZero();
    assertThat(count(live, HeapRun.OPTION)).as("the text of options that are let go").isZero();
  }

  private static FakeNodeOptions credentials(int canary) {
    return new FakeNodeOptions().setCredentials("app", new String(HeapRun.canary(canary)));
  }

  private static void run(Path folder, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-ea",
            // All that is made fits: nothing is collected before the search.
            "-Xmn256m",
            "-Xmx320m",
            "-XX:MetaspaceSize=128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            HeapRun.class.getName());
    builder.command().addAll(List.of(arguments));
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(Files.readString(said)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Returns how often a canary is in these bytes, in any form. */
  private static int count(byte[] heap, int canary) {
    String text = new String(HeapRun.canary(canary));
    int count = 0;
    for (Charset form : FORMS) {
      byte[] wanted = text.getBytes(form);
      for (int at = 0; at <= heap.length - wanted.length; at++) {
        if (heap[at] == wanted[0] && startsWith(heap, at, wanted)) {
          count++;
        }
      }
    }
    return count;
  }

  private static boolean startsWith(byte[] heap, int at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (heap[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
