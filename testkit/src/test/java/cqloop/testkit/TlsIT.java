package cqloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cqloop.testkit.process.NodeProbe;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
class TlsIT {
  @TempDir private static Path folder;

  @Test
  void asksForClientCertificatesWithPemFiles() throws Exception {
    KeyFiles files = KeyFiles.in(folder);
    NodeTls tls = NodeTls.pem(files.pem()).withClientAuth(files.authority());
    try (CassandraCluster cluster = CassandraCluster.builder().tls(tls).start()) {
      CassandraNode node = cluster.node(0);

      assertThat(node.execute("SELECT key FROM system.local")).hasSize(1);
      NodeProbe plain = new NodeProbe(node.address(), null);
      assertThat(plain.answers()).isFalse();
      Path stranger = folder.resolve("stranger");
      assertThat(stranger.toFile().mkdir()).isTrue();
      NodeTls unknown = NodeTls.pkcs12(KeyFiles.in(stranger).store(), KeyFiles.PASSWORD);
      assertThatThrownBy(
              () -> new NodeProbe(node.address(), unknown).query("SELECT key FROM system.local"))
          .isInstanceOf(IOException.class)
          .satisfiesAnyOf(
              failure -> assertThat(failure).isInstanceOf(SSLException.class),
              failure -> assertThat(failure).hasMessageContaining("reset"));
    }
  }
}
