package cqloop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.testkit.ClusterListener.Step;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node with log-in and TLS that keeps what it has acknowledged. */
@Tag("cluster")
class CrashIT {
  private static final List<Step> STEPS = new ArrayList<>();

  @TempDir private static Path keys;

  private static CassandraCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        CassandraCluster.builder()
            .passwordAuth()
            .tls(NodeTls.pkcs12(KeyFiles.in(keys).store(), KeyFiles.PASSWORD))
            .crashSafe()
            .listener((step, detail) -> STEPS.add(step))
            .start();
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @Test
  void tellsItsProgress() {
    assertThat(STEPS).containsExactly(Step.RESOLVING, Step.BOOTING, Step.NODE_READY, Step.READY);
  }

  @Test
  void keepsItsDataOverAKillAndOverAStop() {
    CassandraNode node = cluster.node(0);
    String replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
    node.execute("CREATE KEYSPACE crash WITH replication = " + replication);
    node.execute("CREATE TABLE crash.t (k int PRIMARY KEY, v text)");
    node.execute("INSERT INTO crash.t (k, v) VALUES (1, 'before the kill')");

    node.kill();
    assertThat(node.isRunning()).isFalse();
    assertThatThrownBy(() -> node.execute("SELECT v FROM crash.t"))
        .isInstanceOf(UncheckedIOException.class);
    node.start();
    node.execute("INSERT INTO crash.t (k, v) VALUES (2, 'before the stop')");
    node.restart();

    assertThat(node.execute("SELECT v FROM crash.t"))
        .extracting(row -> new String(row.get(0), UTF_8))
        .containsExactlyInAnyOrder("before the kill", "before the stop");
  }

  @Test
  void hasNoRecorderUnlessAsked() {
    assertThatThrownBy(() -> cluster.node(0).requests())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("queryRecorder()");
  }
}
