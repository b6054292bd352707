package cqloop.testkit.scylla;

import cqloop.testkit.fake.Compression;
import cqloop.testkit.fake.Frame;
import cqloop.testkit.fake.WireReader;
import cqloop.testkit.fake.WireWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Value. What a node of ScyllaDB adds to SUPPORTED; protocol-extensions.md. */
final class SupportedOptions {
  static final String LWT_MARK = "SCYLLA_LWT_ADD_METADATA_MARK";
  static final String RATE_LIMIT = "SCYLLA_RATE_LIMIT_ERROR";
  static final String METADATA_ID = "SCYLLA_USE_METADATA_ID";
  static final String TABLETS = "TABLETS_ROUTING_V1";

  static final int LWT_MASK = 0x80000000;

  /** The code that ScyllaDB takes for its rate limit; clients must not know it by heart. */
  static final int RATE_LIMIT_CODE = 0x4321;

  static final int SHARD_PORT = 19042;
  static final int SHARD_PORT_TLS = 19142;

  private static final String SHARD_PORT_KEY = "SCYLLA_SHARD_AWARE_PORT";

  private SupportedOptions() {}

  /** The node's answer, in the words of ScyllaDB. */
  static Frame extend(Frame answer, FrontPlan plan, UUID hostId, int shard) {
    Map<String, List<String>> all =
        new LinkedHashMap<>(new WireReader(answer.body()).readStringMultimap());
    List<String> compressions = new ArrayList<>();
    for (Compression compression : Compression.values()) {
      compressions.add(compression.wireName());
    }
    all.put("COMPRESSION", compressions);
    all.put("PROTOCOL_VERSIONS", List.of("3/v3", "4/v4"));
    put(all, "SCYLLA_SHARD", shard);
    put(all, "SCYLLA_NR_SHARDS", plan.sharder().shards());
    put(all, "SCYLLA_PARTITIONER", "org.apache.cassandra.dht.Murmur3Partitioner");
    put(all, "SCYLLA_SHARDING_ALGORITHM", "biased-token-round-robin");
    put(all, "SCYLLA_SHARDING_IGNORE_MSB", plan.sharder().ignoredBits());
    put(all, "SCYLLA_HOST_ID", hostId);
    if (plan.shardPort() != ShardPort.NOT_ANNOUNCED) {
      boolean tls = plan.tls() != null;
      put(all, SHARD_PORT_KEY + (tls ? "_SSL" : ""), tls ? SHARD_PORT_TLS : SHARD_PORT);
    }
    if (plan.metadataIds()) {
      put(all, METADATA_ID, "");
    }
    if (plan.lwtMark()) {
      String mask = Integer.toUnsignedString(LWT_MASK);
      put(all, LWT_MARK, "LWT_OPTIMIZATION_META_BIT_MASK=" + mask);
    }
    put(all, RATE_LIMIT, "ERROR_CODE=" + RATE_LIMIT_CODE);
    put(all, TABLETS, "");
    byte[] body = new WireWriter().writeStringMultimap(all).toBytes();
    return new Frame(
        answer.versionByte(), answer.flags(), answer.streamId(), answer.opcodeByte(), body);
  }

  /** The extensions that a client may ask for in STARTUP. */
  static Set<String> offeredBy(FrontPlan plan) {
    Set<String> offered = new HashSet<>(Set.of(RATE_LIMIT, TABLETS));
    if (plan.lwtMark()) {
      offered.add(LWT_MARK);
    }
    if (plan.metadataIds()) {
      offered.add(METADATA_ID);
    }
    return offered;
  }

  /** Whether an option of STARTUP is for ScyllaDB, and not to be shown to Cassandra. */
  static boolean isOurs(String option) {
    return option.startsWith("SCYLLA_") || option.startsWith("TABLETS_");
  }

  private static void put(Map<String, List<String>> all, String key, Object value) {
    all.put(key, List.of(value.toString()));
  }
}
