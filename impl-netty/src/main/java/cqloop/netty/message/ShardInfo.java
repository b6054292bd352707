package cqloop.netty.message;

import cqloop.metadata.Sharding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value. What a node of ScyllaDB tells of its shards on one connection.
 *
 * @param shard the shard of this connection
 * @param sharding how tokens are divided
 * @param port where the local port of a connection decides its shard, 0 when there is none
 * @param tlsPort the same for connections with TLS
 */
public record ShardInfo(int shard, Sharding sharding, int port, int tlsPort) {

  // ScyllaDB, docs/dev/protocol-extensions.md, intranode sharding.
  private static final String SHARD = "SCYLLA_SHARD";
  private static final String SHARDS = "SCYLLA_NR_SHARDS";
  private static final String IGNORED_BITS = "SCYLLA_SHARDING_IGNORE_MSB";
  private static final String ALGORITHM = "SCYLLA_SHARDING_ALGORITHM";
  private static final String PARTITIONER = "SCYLLA_PARTITIONER";
  private static final String PORT = "SCYLLA_SHARD_AWARE_PORT";
  private static final String TLS_PORT = "SCYLLA_SHARD_AWARE_PORT_SSL";

  /**
   * Reads the options of SUPPORTED. A node that leaves something out, or says what makes no sense,
   * is taken for one without shards.
   */
  static @Nullable ShardInfo of(Map<String, List<String>> supported) {
    int shards = number(supported, SHARDS, Sharding.MAX_SHARDS);
    int shard = number(supported, SHARD, shards - 1);
    int ignoredBits = number(supported, IGNORED_BITS, 63);
    boolean known =
        "biased-token-round-robin".equals(text(supported, ALGORITHM))
            && "org.apache.cassandra.dht.Murmur3Partitioner".equals(text(supported, PARTITIONER));
    if (shards < 1 || shard < 0 || ignoredBits < 0 || !known) {
      return null;
    }
    return new ShardInfo(
        shard,
        new Sharding(shards, ignoredBits),
        Math.max(0, number(supported, PORT, 65535)),
        Math.max(0, number(supported, TLS_PORT, 65535)));
  }

  private static @Nullable String text(Map<String, List<String>> supported, String key) {
    List<String> values = supported.get(key);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** Returns a number from 0 to a bound, or -1 when the option holds anything else. */
  private static int number(Map<String, List<String>> supported, String key, int max) {
    String text = text(supported, key);
    try {
      int number = text == null ? -1 : Integer.parseInt(text);
      return number <= max ? number : -1;
    } catch (NumberFormatException notANumber) {
      return -1;
    }
  }
}
