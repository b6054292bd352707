package cqloop.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import cqloop.testkit.NodeTls;
import cqloop.testkit.ServerLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeYamlTest {
  @Test
  void namesSettingsAsTheLineDoes() {
    assertThat(yaml(ServerLine.V5_0))
        .contains("\nkey_cache_size: 0MiB\n")
        .contains("\ndynamic_data_masking_enabled: true\n")
        .contains("seeds: \"127.20.0.1:7000,127.20.0.2:7000\"");
    assertThat(yaml(ServerLine.V4_0))
        .contains("\nkey_cache_size_in_mb: 0\n")
        .contains("\nprepared_statements_cache_size_mb: 4\n")
        .contains("\nenable_user_defined_functions: true\n")
        .contains("\ncommitlog_sync_period_in_ms: 100\n")
        .contains("\nsstable_preemptive_open_interval_in_mb: -1\n")
        .doesNotContain("paxos_cache_size", "dynamic_data_masking_enabled");
    assertThat(yaml(ServerLine.V3_11))
        .contains("\nstart_rpc: false\n")
        .contains("seeds: \"127.20.0.1,127.20.0.2\"")
        .doesNotContain("networking_cache_size");
  }

  @Test
  void letsTheTestReplaceSettings() {
    assertThat(yaml(ServerLine.V5_0).split("phi_convict_threshold: 5", -1)).hasSize(1);
    assertThat(yaml(ServerLine.V5_0)).contains("\nphi_convict_threshold: 12\n");
  }

  @Test
  void tellsClientsAnotherAddressBehindAFront() {
    assertThat(yaml(ServerLine.V5_0)).doesNotContain("broadcast_rpc_address");
    assertThat(yaml(ServerLine.V5_0, "127.20.0.7"))
        .contains("\nrpc_address: 127.20.0.1\n")
        .contains("\nbroadcast_rpc_address: 127.20.0.7\n");
  }

  private static String yaml(ServerLine line) {
    return yaml(line, "127.20.0.1");
  }

  private static String yaml(ServerLine line, String announced) {
    ClusterPlan plan =
        new ClusterPlan(
            line,
            List.of("127.20.0.1", "127.20.0.2"),
            true,
            NodeTls.pkcs12(Path.of("keys.p12"), "pw"),
            false,
            false,
            Map.of("phi_convict_threshold", "12"),
            List.of(),
            Duration.ofSeconds(1));
    return NodeYaml.of(
        plan,
        new ClusterPlan.Place("127.20.0.1", announced, "dc1", "r1", 0, false, Path.of("node-1")));
  }
}
