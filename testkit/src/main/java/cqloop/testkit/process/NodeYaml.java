package cqloop.testkit.process;

import cqloop.testkit.NodeTls;
import cqloop.testkit.ServerLine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The text of one node's {@code cassandra.yaml}: small caches and pools, all features on. Keys are
 * written as 4.1 and later name them; {@link OldYaml} renames them for the lines before.
 */
final class NodeYaml {
  private final ClusterPlan plan;
  private final ClusterPlan.Place place;
  private final Map<String, String> keys = new LinkedHashMap<>();

  private NodeYaml(ClusterPlan plan, ClusterPlan.Place place) {
    this.plan = plan;
    this.place = place;
  }

  static String of(ClusterPlan plan, ClusterPlan.Place place) {
    NodeYaml yaml = new NodeYaml(plan, place);
    yaml.identity();
    yaml.storage();
    yaml.sizes();
    yaml.features();
    yaml.auth();
    yaml.tls();
    Map<String, String> keys =
        plan.line().atLeast(ServerLine.V4_1) ? yaml.keys : OldYaml.rename(yaml.keys, plan.line());
    keys.putAll(plan.yaml());
    StringBuilder text = new StringBuilder();
    keys.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    return text.toString();
  }

  private void identity() {
    keys.put("cluster_name", "cqloop");
    keys.put("num_tokens", "1");
    keys.put("initial_token", "\"" + place.token() + '"');
    keys.put("auto_bootstrap", Boolean.toString(place.bootstrap()));
    keys.put("partitioner", "org.apache.cassandra.dht.Murmur3Partitioner");
    keys.put("listen_address", place.address());
    keys.put("rpc_address", place.address());
    if (!place.announced().equals(place.address())) {
      keys.put("broadcast_rpc_address", place.announced());
    }
    keys.put("storage_port", "7000");
    keys.put("start_native_transport", "true");
    keys.put("native_transport_port", "9042");
    keys.put("endpoint_snitch", "GossipingPropertyFileSnitch");
    keys.put("dynamic_snitch", "false");
    // The lowest allowed: a killed node is seen down after about 8 s instead of 12.
    keys.put("phi_convict_threshold", "5");
    String port = plan.line() == ServerLine.V3_11 ? "" : ":7000";
    String seeds = String.join(port + ",", plan.seeds()) + port;
    keys.put(
        "seed_provider",
        "\n  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n"
            + "    parameters: [{ seeds: \""
            + seeds
            + "\" }]");
  }

  private void storage() {
    keys.put("data_file_directories", "['" + folder("data") + "']");
    keys.put("commitlog_directory", folder("commitlog"));
    keys.put("saved_caches_directory", folder("saved_caches"));
    keys.put("hints_directory", folder("hints"));
    keys.put("cdc_raw_directory", folder("cdc"));
    // A killed node keeps all but the last tenth of a second, or all.
    keys.put("commitlog_sync", plan.crashSafe() ? "batch" : "periodic");
    keys.put("commitlog_sync_period", plan.crashSafe() ? "0ms" : "100ms");
    if (plan.crashSafe() && !plan.line().atLeast(ServerLine.V4_1)) {
      keys.put("commitlog_sync_batch_window_in_ms", "2");
    }
    keys.put("commitlog_segment_size", "4MiB");
    keys.put("commitlog_total_space", "64MiB");
    keys.put("memtable_allocation_type", "heap_buffers");
    // Else every TRUNCATE and DROP makes a snapshot.
    keys.put("auto_snapshot", "false");
    keys.put("sstable_preemptive_open_interval", "");
  }

  private void sizes() {
    keys.put("memtable_heap_space", "24MiB");
    keys.put("memtable_offheap_space", "24MiB");
    keys.put("key_cache_size", "0MiB");
    keys.put("row_cache_size", "0MiB");
    keys.put("counter_cache_size", "0MiB");
    keys.put("prepared_statements_cache_size", "4MiB");
    keys.put("paxos_cache_size", "1MiB");
    keys.put("index_summary_capacity", "1MiB");
    keys.put("file_cache_enabled", "false");
    keys.put("networking_cache_size", "8MiB");
    keys.put("concurrent_reads", "4");
    keys.put("concurrent_writes", "4");
    keys.put("concurrent_counter_writes", "4");
    keys.put("concurrent_materialized_view_writes", "4");
    keys.put("concurrent_compactors", "1");
    keys.put("concurrent_validations", "1");
    keys.put("memtable_flush_writers", "1");
    keys.put("native_transport_max_threads", "8");
  }

  private void features() {
    keys.put("user_defined_functions_enabled", "true");
    keys.put("materialized_views_enabled", "true");
    keys.put("sasi_indexes_enabled", "true");
    if (plan.line().atLeast(ServerLine.V4_1)) {
      keys.put("uuid_sstable_identifiers_enabled", "true");
    }
    if (plan.line().atLeast(ServerLine.V5_0)) {
      keys.put("dynamic_data_masking_enabled", "true");
    }
    if (plan.line() == ServerLine.V5_0) {
      keys.put("storage_compatibility_mode", "NONE");
    }
  }

  private void auth() {
    if (!plan.passwordAuth()) {
      return;
    }
    keys.put("authenticator", "PasswordAuthenticator");
    keys.put("authorizer", "CassandraAuthorizer");
    keys.put("role_manager", "CassandraRoleManager");
    // No caches: a GRANT acts at once.
    keys.put("roles_validity", "0ms");
    keys.put("permissions_validity", "0ms");
    keys.put("credentials_validity", "0ms");
  }

  private void tls() {
    NodeTls tls = plan.tls();
    if (tls == null) {
      return;
    }
    Path trustStore = tls.trustStore();
    StringBuilder text = new StringBuilder();
    line(text, "enabled", "true");
    line(text, "optional", Boolean.toString(tls.optional()));
    line(text, "keystore", quoted(tls.keyStore()));
    line(text, "require_client_auth", Boolean.toString(trustStore != null));
    if (trustStore != null) {
      line(text, "truststore", quoted(trustStore));
    }
    if (tls.pem()) {
      text.append("\n  ssl_context_factory:\n")
          .append("    class_name: org.apache.cassandra.security.PEMBasedSslContextFactory");
    } else {
      line(text, "keystore_password", '"' + tls.password() + '"');
      line(text, "store_type", "PKCS12");
      if (trustStore != null) {
        line(text, "truststore_password", '"' + tls.password() + '"');
      }
    }
    keys.put("client_encryption_options", text.toString());
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append("\n  ").append(key).append(": ").append(value);
  }

  private static String quoted(Path path) {
    return '"' + path.toString() + '"';
  }

  private String folder(String name) {
    return place.folder().resolve(name).toString();
  }
}
