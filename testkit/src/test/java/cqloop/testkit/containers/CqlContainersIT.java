package cqloop.testkit.containers;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.testkit.process.NodeProbe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

@EnabledIfDocker
@Tag("docker")
class CqlContainersIT {
  @Test
  void startsCassandra() throws Exception {
    try (GenericContainer<?> container = CqlContainers.cassandra("5")) {
      container.start();

      assertThat(serves(container)).isTrue();
    }
  }

  @Test
  void startsScylla() throws Exception {
    try (GenericContainer<?> container = CqlContainers.scylla("6.2")) {
      container.start();

      assertThat(serves(container)).isTrue();
    }
  }

  private static boolean serves(GenericContainer<?> container) {
    return new NodeProbe(CqlContainers.address(container), null).serves();
  }
}
