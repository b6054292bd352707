package cqloop.testkit.process;

import cqloop.testkit.ServerLine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Renames the settings of 4.1 to those of 4.0 and 3.11, which carry the unit in the name. See
 * {@code NEWS.txt} of Cassandra 4.1, "Configuration".
 */
final class OldYaml {
  private static final Map<String, String> RENAMED =
      Map.of(
          "user_defined_functions_enabled", "enable_user_defined_functions",
          "materialized_views_enabled", "enable_materialized_views",
          "sasi_indexes_enabled", "enable_sasi_indexes",
          // The one size whose old name has no "in".
          "prepared_statements_cache_size", "prepared_statements_cache_size_mb");

  private static final Set<String> NOT_IN_4_0 = Set.of("paxos_cache_size");

  private static final Set<String> NOT_IN_3_11 =
      Set.of("file_cache_enabled", "networking_cache_size", "concurrent_validations");

  private OldYaml() {}

  static Map<String, String> rename(Map<String, String> keys, ServerLine line) {
    boolean is311 = line == ServerLine.V3_11;
    Map<String, String> old = new LinkedHashMap<>();
    keys.forEach(
        (key, value) -> {
          if (!NOT_IN_4_0.contains(key) && !(is311 && NOT_IN_3_11.contains(key))) {
            put(old, key, value);
          }
        });
    if (is311) {
      old.put("start_rpc", "false");
    }
    return old;
  }

  private static void put(Map<String, String> old, String key, String value) {
    String renamed = RENAMED.get(key);
    if (value.endsWith("MiB")) {
      String number = value.substring(0, value.length() - 3);
      old.put(renamed != null ? renamed : key + "_in_mb", number);
    } else if (key.equals("sstable_preemptive_open_interval")) {
      // Off: null in the new form, a negative number in the old one.
      old.put(key + "_in_mb", "-1");
    } else if (value.endsWith("ms") && value.length() > 2) {
      old.put(key + "_in_ms", value.substring(0, value.length() - 2));
    } else {
      old.put(renamed != null ? renamed : key, value);
    }
  }
}
